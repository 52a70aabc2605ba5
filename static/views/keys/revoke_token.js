// The question before a token is revoked.
import { t } from "../../lib/text.js";
import { ask } from "../settings/ask.js";

/** `revoke()` is the deed; `toasts` says that it is done. */
export function askToRevoke({ token: { name }, revoke, toasts }) {
  return ask({
    title: t("token.revokeTitle", { name }),
    body: t("token.revokeBody"),
    deed: t("token.revoke"),
    run: async () => {
      await revoke();
      toasts.show({ text: t("token.revoked", { name }) });
    },
  });
}
