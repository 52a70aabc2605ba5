// Making a webhook, bound to a channel: its address and token, this once. Its address alone can be looked at again.
import { html, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { useChat } from "../../context.js";
import { Secret, SecretOnce } from "../../keys/secret_once.js";
import { Button, Dialog, Field, Select } from "../../parts/parts.js";
import { useAdministrator } from "../../settings/dialog_end.js";
import { useForm } from "../../settings/form.js";
import { provingAsk } from "../../settings/one_more_check.js";

const NAME_MAX = 80;
const BODY = '{"content": "…"}';
const addressOf = ({ id }) => `${location.origin}/webhooks/${encodeURIComponent(id)}/messages`;

/** `channels` is a signal of those there are, also the private ones; `onMade()` is called as soon as it is there. */
export function NewWebhook({ channels, onMade, close }) {
  const [made, setMade] = useState(null);
  useAdministrator(close);
  if (made) return html`<${Made} key="made" made=${made} close=${close} />`;
  return html`<${Ask} key="ask" channels=${channels} onMade=${(reply) => (setMade(reply), onMade())} close=${close} />`;
}

function Ask({ channels, onMade, close }) {
  const chat = useChat();
  const form = useForm(["name", "channelId"]);
  const [name, setName] = useState("");
  const [channelId, setChannelId] = useState("");
  const send = () =>
    form.submit({ name: !name.trim() && t("hook.nameMissing"), channelId: !channelId && t("hook.channelMissing") }, async () => {
      onMade(await provingAsk(chat)(request.adminCreateWebhook, { name, channelId }));
    });
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("hook.make")}<//>
  `;
  return html`<${Dialog} title=${t("hook.new")} actions=${actions} onSubmit=${send} testid="new-webhook">
    <div class="stack" ref=${form.ref}>
      <${Field}
        name="name" label=${t("hook.name")} hint=${t("hook.nameHint")} value=${name} maxlength=${NAME_MAX} autocomplete="off"
        error=${form.errors.name} onInput=${({ currentTarget }) => (form.clear("name"), setName(currentTarget.value))}
      />
      <${Select}
        name="channelId" label=${t("hook.channel")} value=${channelId} error=${form.errors.channelId} options=${choices(channels.value)}
        onChange=${(id) => (form.clear("channelId"), setChannelId(id))}
      />
    </div>
  <//>`;
}

function choices(channels) {
  const open = channels.filter(({ archivedAt }) => archivedAt === null).sort((a, b) => a.name.localeCompare(b.name));
  const label = ({ name, kind }) => (kind === "private" ? t("hook.private", { name }) : name);
  return [{ value: "", label: t("hook.choose") }, ...open.map((channel) => ({ value: channel.id, label: label(channel) }))];
}

function Made({ made: { webhook, token }, close }) {
  const actions = html`<${Button} kind="primary" onClick=${close}>${t("secret.done")}<//>`;
  const secrets = [{ what: t("secret.address"), text: addressOf(webhook) }, { what: t("secret.token"), text: token }];
  return html`<${Dialog} title=${t("hook.made", { name: webhook.name })} actions=${actions} testid="new-webhook">
    <${SecretOnce} secrets=${secrets}><p class="hint">${t("hook.how", { body: BODY })}</p><//>
  <//>`;
}

export function HookAddress({ hook, close }) {
  useAdministrator(close);
  const actions = html`<${Button} onClick=${close}>${t("common.close")}<//>`;
  return html`<${Dialog} title=${hook.name} actions=${actions} testid="hook-address">
    <${Secret} what=${t("secret.address")} text=${addressOf(hook)} />
    <p class="hint">${t("hook.how", { body: BODY })}</p>
  <//>`;
}
