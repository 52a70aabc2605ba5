// Inviting many at once: addresses in any form, a result for each, and only the wrong ones again.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { addressesIn } from "../../models/addresses.js";
import { Button, Dialog, Field, Select } from "../parts/parts.js";
import { useAdministrator } from "../settings/dialog_end.js";
import { useForm } from "../settings/form.js";
import { Result } from "./result.js";

const MOST = 100; // the server takes no more at once
const DAYS = [1, 3, 7, 14, 30];
const ROLES = ["user", "admin"];

export function Invite({ administration, close }) {
  const [text, setText] = useState("");
  const [results, setResults] = useState(null);
  useAdministrator(close);
  const correct = (bad) => {
    setText(bad.map(({ email }) => email).join("\n"));
    setResults(null);
  };
  if (results) return html`<${Results} key="results" results=${results} close=${close} onCorrect=${correct} />`;
  return html`<${Ask} key="ask" administration=${administration} text=${text} onText=${setText} onDone=${setResults} close=${close} />`;
}

function Ask({ administration: { list, accounts }, text, onText, onDone, close }) {
  const form = useForm(["emails"]);
  const [role, setRole] = useState("user");
  const [days, setDays] = useState(3);
  const { good, bad } = addressesIn(text);
  const seats = list.seats.value;
  const send = () => {
    const wrong = good.length + bad.length === 0 ? t("invite.missing") : good.length > MOST && t("invite.tooMany", { n: MOST });
    const refused = bad.map((email) => ({ email, userId: null, code: "invalid", message: t("invite.bad") }));
    return form.submit({ emails: wrong }, async () => {
      const results = good.length ? await accounts.invite(good, role, days) : [];
      onDone([...results, ...refused]);
    });
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("invite.deed", { n: good.length })}<//>
  `;
  const put = ({ currentTarget }) => (form.clear("emails"), onText(currentTarget.value));
  return html`<${Dialog}
    title=${t("invite.title")} actions=${actions} onSubmit=${send} testid="invite"
    footerHint=${seats?.max > 0 && t("invite.seats", { n: Math.max(0, seats.max - seats.used) })}
  >
    <div class="stack" ref=${form.ref}>
      <${Field} multiline rows="5" name="emails" label=${t("invite.emails")} hint=${t("invite.emailsHint")} error=${form.errors.emails} value=${text} autocomplete="off" spellcheck=${false} onInput=${put} />
      ${bad.length > 0 && html`<ul class="chips">${bad.map((email) => html`<li key=${email} class="tag danger"><bdi>${email}</bdi><span class="vh">, ${t("invite.bad")}</span></li>`)}</ul>`}
      <div class="pair">
        <${Select} name="role" label=${t("invite.role")} value=${role} onChange=${setRole} options=${ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
        <${Select} name="days" label=${t("invite.days")} value=${String(days)} onChange=${(value) => setDays(Number(value))} options=${DAYS.map((n) => ({ value: String(n), label: t("invite.day", { n }) }))} />
      </div>
    </div>
  <//>`;
}

function Results({ results, close, onCorrect }) {
  const bad = results.filter(({ userId }) => userId === null);
  const n = results.length - bad.length;
  const actions = html`
    ${bad.length > 0 && html`<${Button} onClick=${() => onCorrect(bad)}>${t("invite.correct", { n: bad.length })}<//>`}
    <${Button} kind="primary" data-autofocus onClick=${close}>${t("handOver.close")}<//>
  `;
  return html`<${Dialog} title=${bad.length ? t("invite.doneNot", { n, not: bad.length }) : t("invite.done", { n })} actions=${actions} testid="invite">
    <ul class="results">${results.map((result) => html`<${Result} key=${result.email} isGood=${result.userId !== null} name=${result.email}>${result.userId === null ? result.message : t("invite.sent")}<//>`)}</ul>
  <//>`;
}
