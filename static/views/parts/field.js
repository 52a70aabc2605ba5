// A labelled input with note, hint and error, tied together for screen readers. What is right or wrong is the form's to say.
import { html, useId } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon } from "./icon.js";

/**
 * With a function as child, the child gets the attributes of the control (`id`, `aria-...`) and makes it; otherwise the
 * other props become an `input` (or, with `multiline`, a `textarea`). `optional` puts the word beside the label,
 * `action` something at the right end of it. `alert` reads an error out at once: for one that is no field's own.
 */
export function Field({ label, note, optional = false, hint, error, alert = false, action, multiline = false, inputRef, class: extra = "", children, ...control }) {
  const id = useId();
  const attributes = {
    id,
    "aria-invalid": error ? "true" : undefined,
    "aria-describedby": [hint && `${id}-hint`, error && error !== true && `${id}-error`].filter(Boolean).join(" ") || undefined,
  };
  return html`<div class=${`field ${extra}`}>
    <div class="label-line">
      <label for=${id}>${label}${(note || optional) && html` <span class="label-note">${note ?? t("common.optional")}</span>`}</label>
      ${action}
    </div>
    ${controlOf({ multiline, inputRef, children, control, attributes })}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && error !== true && html`<${FieldError} id=${`${id}-error`} alert=${alert}>${error}<//>`}
  </div>`;
}

function controlOf({ multiline, inputRef, children, control, attributes }) {
  const own = typeof children === "function" ? children : children?.[0];
  if (typeof own === "function") return own(attributes);
  const tag = multiline ? "textarea" : "input";
  return html`<${tag} class="input" dir="auto" ref=${inputRef} ...${attributes} ...${control} />`;
}

export function FieldError({ id, alert = false, children }) {
  return html`<p class="error" id=${id} role=${alert ? "alert" : undefined}>
    <${Icon} name="alert" small /><span>${children}</span>
  </p>`;
}

/** `options`: [{value, label}]. `onChange` gets the value. */
export function Select({ label, options, value, onChange, hint, error, note, inputRef, ...rest }) {
  return html`<${Field} label=${label} hint=${hint} error=${error} note=${note}>${(attributes) =>
    html`<select class="input" ref=${inputRef} ...${attributes} ...${rest} onChange=${(event) => onChange(event.currentTarget.value)}>
      ${options.map((option) => html`<option key=${option.value} value=${option.value} selected=${option.value === value}>${option.label}</option>`)}
    </select>`}<//>`;
}
