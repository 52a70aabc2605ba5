// Confirming an address by its link: done by a click, for some mail programs follow every link by themselves.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { errorCode } from "../../models/frames.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, FieldError, Notice } from "../parts/parts.js";
import { useForm } from "./form.js";
import { LinkIsOver } from "./link_over.js";

export function VerifyByLink({ door }) {
  const [outcome, setOutcome] = useState(null); // "done" or "over"
  const form = useForm({
    check: () => ({}),
    send: async () => {
      await door.verifyEmail();
      setOutcome("done");
    },
    explain: (refused) => {
      if (refused.code !== errorCode.notFound) return { form: signInRefusalText(refused) };
      setOutcome("over");
      return {};
    },
  });
  if (outcome === "over") return html`<${LinkIsOver} door=${door} />`;
  if (outcome === "done") {
    return html`
      <${Notice} kind="success" icon="check" lead=${t("link.verify.done")} role="status" data-testid="verified" />
      <form><${Button} kind="primary" onClick=${() => door.leaveLink()}>${t(door.visitor.value ? "link.toChat" : "link.toSignIn")}<//></form>
    `;
  }
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("link.verify.deed")}<//>
  </form>`;
}
