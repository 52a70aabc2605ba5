// Pictures that mean something only beside a word: icons, and the product's mark.
import { html } from "../../lib/ui.js";
import { icons } from "./icons.js";

export function Icon({ name, small = false, class: extra = "" }) {
  const shapes = icons[name].map(([tag, attributes]) => html`<${tag} ...${attributes} />`);
  return html`<svg class=${`i ${small ? "s" : ""} ${extra}`} viewBox="0 0 20 20" aria-hidden="true">${shapes}</svg>`;
}

export function Mark() {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
    <rect class="ground" width="24" height="24" rx="7" />
    <path class="stroke" d="M15.6 8.3a5.2 5.2 0 1 0 0 7.4" />
    <circle class="dot" cx="16.6" cy="12" r="2.9" />
  </svg>`;
}
