// When an administrators' dialog ends by itself: the role is gone, or the person it is about.
import { useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { event } from "../../models/frames.js";
import { useChat } from "../context.js";
import { nameOf } from "../parts/parts.js";

/** Closes it when its reader is no administrator any more. */
export function useAdministrator(close, { isNeeded = true } = {}) {
  const { isAdmin } = useChat().me.value;
  useEffect(() => {
    if (isNeeded && !isAdmin) close();
  }, [isAdmin]);
}

/** Closes it, and says so, when another administrator deletes `user` meanwhile; not while one's own deed is under way. */
export function useSubject(user, close, { isBusy }) {
  const chat = useChat();
  useEffect(() => {
    if (!user || isBusy) return undefined;
    return chat.on(event.userRemoved, ({ user: gone }) => {
      if (gone.id !== user.id) return;
      close();
      chat.toasts.show({ text: t("admin.goneMeanwhile", { name: nameOf(user) }), error: true });
    });
  }, [user, isBusy]);
}
