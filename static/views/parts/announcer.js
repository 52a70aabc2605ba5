// The two live regions: what screen readers are told without anything taking the focus. What is said is the model's.
import { html } from "../../lib/ui.js";
import { useChat } from "../context.js";

/** `named`: the pair that is always in the document; a modal dialog has another one inside, for outside it is silent. */
export function Announcer({ named = true }) {
  const announcer = useChat()?.announcer;
  return html`
    <div class="vh" id=${named ? "announcer" : undefined} role="status" aria-live="polite">${announcer?.polite.value}</div>
    <div class="vh" id=${named ? "alerts" : undefined} role="alert" aria-live="assertive">${announcer?.alert.value}</div>
  `;
}
