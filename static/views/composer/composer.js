// Where one writes, or the sentence that stands there when one cannot. The text box itself is writing_box.js.
import { html } from "../../lib/ui.js";
import { useChat } from "../context.js";
import { quotedMessage } from "../stream/quoted.js";
import { ClosedComposer } from "./closed_composer.js";
import { WritingBox } from "./writing_box.js";

/** For a channel, or with `threadId` for the thread of that message. */
export function Composer({ channel, threadId = null }) {
  const chat = useChat();
  const root = threadId === null ? null : quotedMessage(chat, channel.id, threadId).value;
  const reason = whyClosed(channel, root);
  if (reason) return html`<${ClosedComposer} channel=${channel} reason=${reason} />`;
  const draftKey = threadId ? `thread:${threadId}` : channel.id;
  return html`<${WritingBox} key=${draftKey} draftKey=${draftKey} channel=${channel} threadId=${threadId} />`;
}

/** `root` is null where there is none or it is not known yet, false when it is gone. */
function whyClosed(channel, root) {
  if (channel.archivedAt) return "archived";
  if (!channel.joined) return "left";
  return root === false || root?.deletedAt ? "rootGone" : null;
}
