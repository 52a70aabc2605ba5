// Which message is being edited in place, and its text so far: kept here, for the row may leave the document meanwhile.
// The box itself is edit.js.
import { signal } from "../../lib/ui.js";

/** {messageId, threadId, text}, or null. `threadId` says in which list the box is: a root stands in two. */
export const editing = signal(null);

export function startEditing(message, threadId = null) {
  editing.value = { messageId: message.id, threadId, text: message.content };
}

/** The last of one's own messages in the timeline. False when there is none to edit, so that the key stays the composer's. */
export function editLast(timeline, meId) {
  const message = timeline.messages.peek().findLast((one) => one.author.id === meId && !one.deletedAt);
  if (message) startEditing(message, timeline.rootId);
  return Boolean(message);
}

/** False when nothing was being edited. */
export function stopEditing() {
  const wasEditing = editing.peek() !== null;
  editing.value = null;
  return wasEditing;
}
