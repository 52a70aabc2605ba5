// Deleting a message: asked once, unless the reader held Shift. The request itself is models/deeds.js.
import { t } from "../../lib/text.js";
import { Refused } from "../../models/errors.js";
import { confirm } from "../parts/parts.js";

export async function removeMessage(message, { chat, isSure = false }) {
  if (!isSure && !(await asked(message))) return;
  try {
    await chat.deeds.remove(message);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    chat.toasts.refused(refused);
  }
}

function asked(message) {
  const thread = message.thread ? ` ${t("stream.delete.thread")}` : "";
  return confirm({
    title: t("stream.delete.title"),
    body: t("stream.delete.body") + thread,
    deed: t("stream.delete.deed"),
    danger: true,
  });
}
