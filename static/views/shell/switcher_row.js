// One answer of the switcher, with the letters marked by which it was found.
import { html } from "../../lib/ui.js";
import { Avatar } from "../parts/parts.js";
import { Badge, ChannelFace } from "./channel_row.js";

export function SwitcherRow({ id, found, isChosen, point, choose }) {
  const { candidate, ranges } = found;
  const { user, channel } = candidate;
  return html`<li
    id=${id} role="option" aria-selected=${isChosen ? "true" : "false"} data-testid="switcher-row"
    onMouseDown=${(event) => event.preventDefault()} onMouseMove=${isChosen ? undefined : point} onClick=${choose}
  >
    ${user && html`<${Avatar} user=${user} size="xs" presence />`}
    ${channel && html`<${ChannelFace} channel=${channel} />`}
    <bdi class="clip">${marked(candidate.title, ranges)}</bdi>
    <span class="trail">
      ${candidate.mentions > 0 ? html`<${Badge} count=${candidate.mentions} />` : candidate.note}
    </span>
  </li>`;
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
