// What came of one of several deeds: a line with a mark, a name and a word. Which deeds is not known here.
import { html } from "../../lib/ui.js";
import { Icon } from "../parts/parts.js";

export function Result({ isGood, name, children }) {
  return html`<li class=${isGood ? "" : "refused"}><${Icon} name=${isGood ? "check" : "alert"} small /><bdi class="clip">${name}</bdi><span class="muted">${children}</span></li>`;
}
