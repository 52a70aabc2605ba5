// Going to a message that somebody asked for: from a quote, a notification, a search. Asking is chat.open.jump.
import { useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";

export function useJump({ list, position }, isLoaded) {
  const { chat, timeline } = list;
  const messageId = timeline.rootId === null ? chat.open.jump.value : null;
  useEffect(() => {
    if (messageId === null || !isLoaded) return;
    chat.open.jump.value = null;
    position.touched();
    go(list, messageId);
  }, [messageId, isLoaded]);
}

async function go(list, messageId) {
  const { chat, timeline } = list;
  // A page that was on its way already is not the one that is asked for here.
  for (let tried = 0; tried < 2 && !timeline.find(messageId); tried += 1) await timeline.loadAround(messageId);
  if (timeline.find(messageId)) return list.visit(messageId);
  const refused = timeline.error.peek();
  if (refused && refused.code !== "not_found") return chat.toasts.refused(refused);
  return chat.toasts.show({ text: t("stream.quoted.gone"), error: true });
}
