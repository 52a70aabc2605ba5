// The message that another one quotes, in one line over it. Choosing what to quote is quoting.js.
import { html, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { PersonName } from "../parts/parts.js";
import { quotedMessage } from "./quoted.js";

const SHOWN = 200; // one line of it is seen

export function Cite({ message, list, tabIndex }) {
  const { chat } = list;
  const quoted = quotedMessage(chat, message.channelId, message.quotedMessageId);
  useEffect(() => void quoted.fetch(), [message.quotedMessageId, chat.connection.state.value]);
  const found = quoted.value;
  if (found === null) return html`<div class="cite"><span class="clip"><span class="sk s3"></span></span></div>`;
  if (found === false) return html`<div class="cite"><span class="clip tombstone">${t("stream.quoted.gone")}</span></div>`;
  const text = found.deletedAt ? html`<span class="clip tombstone">${t("stream.deleted")}</span>` : html`<bdi class="clip">${firstLine(found.content)}</bdi>`;
  const body = html`<strong class="clip"><${PersonName} user=${found.author} /></strong>${text}`;
  // A reply in a thread has no place in the channel's list to go to.
  if (found.deletedAt || found.threadId !== (list.threadId ?? null)) return html`<div class="cite">${body}</div>`;
  return html`<button
    type="button" class="cite" tabindex=${tabIndex} title=${t("stream.quoted.open")}
    onClick=${() => list.jumpTo(found.id)}
  >${body}</button>`;
}

function firstLine(content) {
  return content.trimStart().split("\n", 1)[0].slice(0, SHOWN);
}
