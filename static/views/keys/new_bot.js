// Making a bot of one's own, with its first token, which is shown this once.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { useChat } from "../context.js";
import { Button, Dialog, Field, nameOf, openDialog } from "../parts/parts.js";
import { useForm } from "../settings/form.js";
import { provingAsk } from "../settings/one_more_check.js";
import { SecretOnce } from "./secret_once.js";

/** `onMade()` is called as soon as it is there. */
export function openNewBot({ onMade }) {
  return openDialog(NewBot, { onMade });
}

function NewBot({ onMade, close }) {
  const [made, setMade] = useState(null);
  if (made) return html`<${Made} key="made" made=${made} close=${close} />`;
  return html`<${Ask} key="ask" onMade=${(reply) => (setMade(reply), onMade())} close=${close} />`;
}

function Ask({ onMade, close }) {
  const chat = useChat();
  const form = useForm(["userName", "displayName"]);
  const [values, setValues] = useState({ userName: "", displayName: "" });
  const control = (name) => ({
    name,
    label: t(`bot.${name}`),
    value: values[name],
    error: form.errors[name],
    autocomplete: "off",
    onInput: ({ currentTarget }) => (form.clear(name), setValues({ ...values, [name]: currentTarget.value })),
  });
  const send = () =>
    form.submit({ userName: [...values.userName].length < 3 && t("bot.userNameMissing") }, async () => {
      const { userName, displayName } = values;
      const more = displayName.trim() ? { displayName } : {};
      onMade(await provingAsk(chat)(request.botCreate, { userName, ...more, withToken: true }));
    });
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("bot.make")}<//>
  `;
  return html`<${Dialog} title=${t("bot.title")} description=${t("bot.about")} actions=${actions} onSubmit=${send} testid="new-bot">
    <div class="stack" ref=${form.ref}>
      <${Field} ...${control("userName")} maxlength="50" autocapitalize="none" spellcheck=${false} />
      <${Field} ...${control("displayName")} maxlength="100" optional />
    </div>
  <//>`;
}

function Made({ made: { user, token }, close }) {
  const actions = html`<${Button} kind="primary" onClick=${close}>${t("secret.done")}<//>`;
  return html`<${Dialog} title=${t("bot.made", { name: nameOf(user) })} actions=${actions} testid="new-bot">
    <${SecretOnce} secrets=${[{ what: t("secret.token"), text: token }]}><p class="hint">${t("token.madeHow")}</p><//>
  <//>`;
}
