// Leaving for good: one's own account is deleted. Signing out is in the own menu.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { refusalText } from "../../models/refusals.js";
import { useDoor } from "../context.js";
import { Button, Dialog, PasswordField } from "../parts/parts.js";
import { AccountName } from "../settings/password.js";

/** What comes after it, the sentence at the door, is told by the server's `bye`. */
export function ExitServer({ chat, close }) {
  const isDev = useDoor().config.value?.auth.mode === "dev"; // there, an account may have no password
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const leave = async () => {
    if (!password && !isDev) return setError(t("exit.missing"));
    setBusy(true);
    try {
      await chat.ask(request.meLeaveServer, password ? { password } : {});
    } catch (refused) {
      setBusy(false);
      setError(reason(refused, password));
    }
    return undefined;
  };
  const actions = html`
    <${Button} onClick=${close}>${t("exit.stay")}<//>
    <${Button} kind="danger" type="submit" busy=${isBusy} data-testid="exit-server">${t("exit.deed")}<//>
  `;
  return html`<${Dialog}
    title=${t("exit.title", { server: chat.server.value.name })} description=${t("exit.text")} actions=${actions}
    onSubmit=${() => !isBusy && leave()} testid="exit"
  >
    <${AccountName} userName=${chat.me.value.userName} />
    <${PasswordField}
      label=${t("exit.password")} value=${password} error=${error} autocomplete="current-password" data-autofocus
      onInput=${(value) => (setPassword(value), setError(""))}
    />
  <//>`;
}

function reason(refused, password) {
  if (refused.field !== "password") return refusalText(refused);
  return t(password ? "exit.wrong" : "exit.missing");
}
