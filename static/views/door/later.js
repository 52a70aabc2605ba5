// Stand-ins for what few need at the door: links from letters, a code, a new account, a restricted session. All of it is
// one file, beyond.js. What comes after the door is ../later.js's.
import { Fragment, html, signal, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button, FieldError } from "../parts/parts.js";

const beyond = signal(null); // its names, or "failed"
let isComing = false;

async function fetchBeyond() {
  if (isComing) return;
  isComing = true;
  try {
    beyond.value = await import("./beyond.js");
  } catch {
    beyond.value = "failed";
  }
  isComing = false;
}

/** The component of this name, from the moment at which it is there. Without a connection it says so, to try again. */
function standIn(name, Around = Fragment) {
  return function Later(props) {
    const isThere = beyond.value && beyond.value !== "failed";
    useEffect(() => {
      if (!isThere) fetchBeyond();
    }, []);
    if (isThere) return html`<${beyond.value[name]} ...${props} />`;
    return beyond.value === "failed" ? html`<${Around}><${Failed} /><//>` : null;
  };
}

function Failed() {
  return html`
    <${FieldError} alert>${t("door.failed.unreachable")}<//>
    <${Button} onClick=${fetchBeyond}>${t("common.retry")}<//>
  `;
}

function Ground({ children }) {
  return html`<div class="door"><main>${children}</main></div>`;
}

export const CodeStep = standIn("CodeStep");
export const ForgotForm = standIn("ForgotForm");
export const LinkPage = standIn("LinkPage", Ground);
export const RegisterForm = standIn("RegisterForm");
export const Restricted = standIn("Restricted", Ground);
