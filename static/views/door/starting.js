// Before it is known who is signed in: nothing for a moment, then the mark, and what is wrong if the server lets nobody in.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button, Mark, Notice } from "../parts/parts.js";

export function Starting({ door }) {
  const trouble = door.trouble.value;
  return html`<div class="door starting"><main>
    <${Mark} />
    <h1 class="vh">${t("door.starting")}</h1>
    ${trouble && html`<div class="above" role="status"><${Trouble} door=${door} name=${trouble.key} seconds=${trouble.seconds} /></div>`}
  </main></div>`;
}

function Trouble({ door, name, seconds }) {
  const action = html`<${Button} small onClick=${() => door.start()}>${t("door.tryNow")}<//>`;
  const rest = seconds > 0 ? t("door.retry", { n: seconds }) : t("door.trying");
  return html`<${Notice} kind="warn" icon=${name === "full" ? "clock" : "cloud-off"} lead=${t(`door.${name}.lead`)} action=${action}>${rest}<//>`;
}
