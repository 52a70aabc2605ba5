// A password for somebody else, in plain sight because it has to be handed over; it can be made up.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { makePassword } from "../../models/password_maker.js";
import { Field } from "../parts/parts.js";

/** As Field, with a button that calls `onMade` with a password that meets `policy`. */
export function InitialPassword({ policy, onMade, ...control }) {
  const make = () => onMade(makePassword(policy, randomBelow));
  const action = html`<button type="button" class="link mini" onClick=${make}>${t("handOver.make")}</button>`;
  return html`<${Field} ...${control} type="text" class="secret-field" autocomplete="off" autocapitalize="none" spellcheck=${false} action=${action} />`;
}

/** From the browser's source of secrets; numbers that would make some more likely are thrown away. */
function randomBelow(n) {
  const fair = 256 - (256 % n);
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  return byte < fair ? byte % n : randomBelow(n);
}
