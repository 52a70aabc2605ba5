// Things that are on or off, and one of a few. What they change is handed in.
import { html, useId } from "../../lib/ui.js";
import { walk } from "./roving.js";

/** `onChange` gets the new state. */
export function Check({ label, hint, checked, onChange, ...rest }) {
  return html`<label class="check">
    <input type="checkbox" checked=${checked} onChange=${(event) => onChange(event.currentTarget.checked)} ...${rest} />
    <span>${label}${hint && html`<span class="hint">${hint}</span>`}</span>
  </label>`;
}

export function Switch({ label, hint, checked, onChange, ...rest }) {
  return html`<label class="switch">
    <input type="checkbox" role="switch" checked=${checked} onChange=${({ currentTarget }) => onChange(given(currentTarget, checked))} ...${rest} />
    <span>${label}${hint && html`<span class="hint">${hint}</span>`}</span>
  </label>`;
}

/** What was asked for. The switch itself goes back: it moves when the state does, which may be refused. */
function given(input, checked) {
  const asked = input.checked;
  input.checked = Boolean(checked);
  return asked;
}

/** One of a few, side by side: arrows move and choose. */
export function Segments({ label, options, value, onChange }) {
  const id = useId();
  const onKeyDown = (event) => {
    const chosen = walk(event, event.currentTarget.querySelectorAll("[role=radio]"), { sideways: true });
    if (chosen) onChange(options[Number(chosen.dataset.at)].value);
  };
  return html`<div class="field">
    <span class="label" id=${id}>${label}</span>
    <div><div class="segments" role="radiogroup" aria-labelledby=${id} onKeyDown=${onKeyDown}>
      ${options.map((option, at) => html`<button
        key=${option.value} type="button" role="radio" data-at=${at}
        aria-checked=${option.value === value ? "true" : "false"}
        tabindex=${option.value === value ? 0 : -1}
        onClick=${() => onChange(option.value)}
      >${option.label}</button>`)}
    </div></div>
  </div>`;
}
