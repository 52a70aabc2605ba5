// "5 replies, last at 09:40" with faces, under a message that has a thread. The thread itself is thread_panel.js.
import { html, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { fullTime, sameDay, shortTime } from "../../lib/time.js";
import { Avatar } from "../parts/parts.js";

const FACES = 3;

export function ThreadLink({ message, list, tabIndex }) {
  const { replyCount, lastReplyAt, participants } = message.thread;
  const { people, clock } = list.chat;
  const faces = participants.slice(0, FACES);
  useEffect(() => people.need(faces), [faces.join()]);
  const when = t(sameDay(lastReplyAt, clock.now()) ? "stream.lastReply" : "stream.lastReply.day", { time: shortTime(lastReplyAt, clock.now()) });
  return html`<button type="button" class="thread-link" tabindex=${tabIndex} onClick=${() => list.openThread(message)}>
    <span class="faces">${faces.map((id) => html`<${Avatar} key=${id} user=${people.get(id)} size="xs" />`)}</span>
    <strong>${t("stream.replies", { n: replyCount })}</strong>
    <span class="muted" title=${fullTime(lastReplyAt)}>${when}</span>
  </button>`;
}
