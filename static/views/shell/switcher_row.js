// One answer of the switcher, with the letters marked by which it was found.
import { html } from "../../lib/ui.js";
import { useChat } from "../context.js";
import { Avatar, Icon } from "../parts/parts.js";
import { GroupFace, othersIn } from "./channel_row.js";

export function SwitcherRow({ id, found, isChosen, point, choose }) {
  const { candidate, ranges } = found;
  return html`<li
    id=${id} role="option" aria-selected=${isChosen ? "true" : "false"} data-testid="switcher-row"
    onMouseDown=${(event) => event.preventDefault()} onMouseMove=${isChosen ? undefined : point} onClick=${choose}
  >
    <${Face} candidate=${candidate} />
    <bdi class="clip">${marked(candidate.title, ranges)}</bdi>
    <span class="trail">
      ${candidate.mentions > 0 ? html`<span class="badge">${candidate.mentions > 99 ? "99+" : candidate.mentions}</span>` : candidate.note}
    </span>
  </li>`;
}

function Face({ candidate: { channel, user } }) {
  const chat = useChat();
  if (user) return html`<${Avatar} user=${user} size="xs" presence />`;
  if (channel.kind !== "dm") return html`<${Icon} name=${channel.kind === "private" ? "lock" : "hash"} />`;
  const others = othersIn(channel, chat.me.value.id);
  if (others.length > 1) return html`<${GroupFace} channel=${channel} count=${others.length} />`;
  return html`<${Avatar} user=${chat.people.get(others[0] ?? chat.me.value.id)} size="xs" presence />`;
}

/** The title with its found stretches in <mark>. */
function marked(title, ranges) {
  const parts = [];
  let from = 0;
  for (const [start, end] of ranges) {
    parts.push(title.slice(from, start), html`<mark>${title.slice(start, end)}</mark>`);
    from = end;
  }
  return [...parts, title.slice(from)];
}
