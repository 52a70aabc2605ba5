// A line about oneself that others see beside one's name. Presence is chosen in the own menu.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { refusalText } from "../../models/refusals.js";
import { Button, Dialog, Field } from "../parts/parts.js";

const LONGEST = 120; // me.update takes no more

export function SetStatus({ chat, close }) {
  const [text, setText] = useState(chat.me.peek().statusMessage ?? "");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const save = async (statusMessage) => {
    if ([...(statusMessage ?? "")].length > LONGEST) return setError(t("status.tooLong", { max: LONGEST }));
    setBusy(true);
    try {
      const { user } = await chat.ask(request.meUpdate, { statusMessage });
      chat.me.value = user;
      return close();
    } catch (refused) {
      setBusy(false);
      return setError(refusalText(refused));
    }
  };
  const hasOne = Boolean(chat.me.peek().statusMessage);
  const actions = html`
    ${hasOne && html`<${Button} kind="quiet" onClick=${() => save(null)}>${t("status.clear")}<//>`}
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} kind="primary" type="submit" busy=${isBusy}>${t("status.save")}<//>
  `;
  return html`<${Dialog}
    title=${t("status.title")} description=${t("status.text")} actions=${actions}
    onSubmit=${() => !isBusy && save(text.trim() || null)} testid="set-status"
  ><${Field}
    label=${t("status.label")} value=${text} error=${error} placeholder=${t("status.placeholder")}
    onInput=${(event) => (setText(event.currentTarget.value), setError(""))}
  /><//>`;
}
