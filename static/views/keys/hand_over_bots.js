// Handing bots to another owner: an administrators' deed (FEATURES F43). The bots go with everything they wrote.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { useChat } from "../context.js";
import { Button, Check, Dialog, nameOf, openDialog } from "../parts/parts.js";
import { useAdministrator } from "../settings/dialog_end.js";
import { useForm } from "../settings/form.js";
import { PeoplePicker } from "../shell/people_picker.js";

/** `bot` null: all of `owner`. `ask` is the administrators', `onDone()` is called afterwards. */
export function openHandOver({ ask, owner, bot, onDone }) {
  return openDialog(HandOverBots, { ask, owner, bot, onDone });
}

function HandOverBots({ ask, owner, bot, onDone, close }) {
  const { me, toasts } = useChat();
  const form = useForm(["toUserId"]);
  const [heirs, setHeirs] = useState([]);
  const [revokeTokens, setRevokeTokens] = useState(true);
  useAdministrator(close);
  const isMine = owner.id === me.value.id;
  const send = () =>
    form.submit({ toUserId: !heirs.length && t("bot.toMissing") }, async () => {
      const [heir] = heirs;
      const which = bot ? { botIds: [bot.id] } : {};
      const payload = { fromUserId: owner.id, toUserId: heir.id, ...which, revokeTokens };
      const { transferred } = await ask(request.adminTransferBots, payload);
      close();
      onDone();
      toasts.show({ text: t("bot.handedOver", { n: transferred, name: nameOf(heir) }) });
    });
  const title = bot ? t("bot.handOverTitle", { name: nameOf(bot) }) : t("bot.handOverAllTitle", { name: nameOf(owner) });
  const actions = html`
    ${!isMine && html`<${Button} kind="quiet" onClick=${() => (form.clear("toUserId"), setHeirs([me.value]))}>${t("bot.toMe")}<//>`}
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("bot.handOver")}<//>
  `;
  return html`<${Dialog} title=${title} description=${t("bot.handOverBody")} actions=${actions} onSubmit=${send} testid="hand-over-bots">
    <div class="stack" ref=${form.ref}>
      <${PeoplePicker}
        label=${t("bot.to")} people=${heirs} most=${1} without=${[owner.id]} error=${form.errors.toUserId}
        onChange=${(chosen) => (form.clear("toUserId"), setHeirs(chosen.filter(({ role }) => role !== "bot")))}
      />
      <${Check} name="revokeTokens" label=${t("bot.revokeTokens")} hint=${t("bot.revokeTokensHint")} checked=${revokeTokens} onChange=${setRevokeTokens} />
    </div>
  <//>`;
}
