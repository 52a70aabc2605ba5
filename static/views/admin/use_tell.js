// Saying what was done to a user, with the way to its entry in the audit log.
import { t } from "../../lib/text.js";
import { useAdmin } from "./admin_context.js";

/** `tell(text, userId)`: a toast; without `userId` it leads nowhere. */
export function useTell() {
  const admin = useAdmin();
  return (text, userId = null) => {
    const isLogged = userId !== null && admin.pages.includes("audit");
    const action = isLogged ? { label: t("deed.log"), run: () => admin.go("audit", userId) } : null;
    admin.chat.toasts.show({ text, action });
  };
}
