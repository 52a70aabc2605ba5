// Making a link by which people register: for a time, and for as many accounts as one likes. Its address is shown this once.
import { html, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { useChat } from "../../context.js";
import { SecretOnce } from "../../keys/secret_once.js";
import { Button, Dialog, Field, Select } from "../../parts/parts.js";
import { useAdministrator } from "../../settings/dialog_end.js";
import { useForm } from "../../settings/form.js";
import { provingAsk } from "../../settings/one_more_check.js";

const DAYS = [1, 7, 30, 90, 365];
const USES_MAX = 10_000;

export function NewJoinLink({ onMade, close }) {
  const [url, setUrl] = useState(null);
  useAdministrator(close);
  if (url) return html`<${Made} key="made" url=${url} close=${close} />`;
  return html`<${Ask} key="ask" onMade=${(made) => (setUrl(made.url), onMade())} close=${close} />`;
}

function Ask({ onMade, close }) {
  const chat = useChat();
  const form = useForm(["uses", "expiresInDays"]);
  const [days, setDays] = useState("7");
  const [most, setMost] = useState("");
  const send = () => {
    const uses = most.trim() === "" ? null : Number(most);
    const isWrong = uses !== null && !(Number.isInteger(uses) && uses >= 1 && uses <= USES_MAX);
    return form.submit({ uses: isWrong && t("joinLink.mostWrong") }, async () => {
      onMade(await provingAsk(chat)(request.adminCreateLink, { expiresInDays: Number(days), uses }));
    });
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("joinLink.make")}<//>
  `;
  return html`<${Dialog} title=${t("joinLink.new")} description=${t("joinLink.about")} actions=${actions} onSubmit=${send} testid="new-join-link">
    <div class="pair" ref=${form.ref}>
      <${Select}
        name="days" label=${t("joinLink.days")} value=${days} onChange=${setDays} error=${form.errors.expiresInDays}
        options=${DAYS.map((n) => ({ value: String(n), label: t("joinLink.day", { n }) }))}
      />
      <${Field}
        name="uses" label=${t("joinLink.most")} optional hint=${t("joinLink.mostHint")} inputmode="numeric" autocomplete="off" value=${most}
        error=${form.errors.uses} onInput=${({ currentTarget }) => (form.clear("uses"), setMost(currentTarget.value))}
      />
    </div>
  <//>`;
}

function Made({ url, close }) {
  const address = new URL(url, location.href).href;
  const actions = html`<${Button} kind="primary" onClick=${close}>${t("secret.done")}<//>`;
  return html`<${Dialog} title=${t("joinLink.made")} actions=${actions} testid="new-join-link">
    <${SecretOnce} secrets=${[{ what: t("secret.address"), text: address }]} />
  <//>`;
}
