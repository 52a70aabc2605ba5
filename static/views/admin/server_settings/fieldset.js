// One group of a form: what it is about at the left, its fields at the right.
import { html } from "../../../lib/ui.js";

export function Fieldset({ id, title, about, children }) {
  return html`<section class="fieldset" aria-labelledby=${`fieldset-${id}`}>
    <div class="about"><h2 id=${`fieldset-${id}`}>${title}</h2>${about && html`<p>${about}</p>`}</div>
    <div class="inputs">${children}</div>
  </section>`;
}
