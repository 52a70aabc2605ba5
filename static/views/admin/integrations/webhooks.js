// Incoming webhooks: the channel each posts into, how it was used, its address. Making one is new_webhook.js's.
import { html, useSignal } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { useChat } from "../../context.js";
import { LastUsed } from "../../keys/usage.js";
import { Button, Icon, IconButton, openDialog, openMenu } from "../../parts/parts.js";
import { ask } from "../../settings/ask.js";
import { useAdmin } from "../admin_context.js";
import { Holder } from "./holder.js";
import { HookAddress, NewWebhook } from "./new_webhook.js";
import { Part } from "./part.js";
import { useRows } from "./use_rows.js";

const COLUMNS = [
  { id: "name", label: "keys.name" },
  { id: "channel", label: "hook.channel", class: "k-who" },
  { id: "uses", label: "keys.uses", class: "k-n n" },
  { id: "lastUsed", label: "keys.lastUsed", class: "k-t" },
  { id: "createdBy", label: "keys.createdBy", class: "k-who wide" },
];

export function Webhooks() {
  const channels = useSignal([]); // the dialog follows them: it may be open before they are there
  const list = useRows(["webhook.", "channel.", "user.", "bot."], async (admin, page) => {
    const [hooks, rooms] = await Promise.all([admin.ask(request.adminListWebhooks, page), admin.ask(request.channelList, { all: true })]);
    channels.value = rooms.channels.filter(({ kind }) => kind !== "dm");
    return { rows: hooks.webhooks, total: hooks.total };
  });
  const make = () => openDialog(NewWebhook, { channels, onMade: () => list.refresh() });
  return html`<${Part}
    id="webhooks" title=${t("hook.title")} about=${t("hook.about")} list=${list} columns=${COLUMNS} none=${t("hook.none")}
    deeds=${html`<${Button} small icon="plus" onClick=${make}>${t("hook.new")}<//>`}
    row=${(hook) => html`<${Cells} hook=${hook} channel=${channels.value.find(({ id }) => id === hook.channelId)} list=${list} />`}
  />`;
}

function Cells({ hook, channel, list }) {
  const { name, uses, lastUsedAt, createdBy } = hook;
  const menu = useHookMenu(hook, list);
  return html`
    <td role="cell" class="main-cell"><strong class="clip"><bdi title=${name}>${name}</bdi></strong></td>
    <td role="cell" class="below"><span class="row holder"><${Icon} name=${channel?.kind === "private" ? "lock" : "hash"} small /><bdi class="clip">${channel?.name ?? t("hook.gone")}</bdi></span></td>
    <td role="cell" class="n phone-2">${t("keys.number", { n: uses })}</td>
    <td role="cell" class="soft hide-phone"><${LastUsed} at=${lastUsedAt} /></td>
    <td role="cell" class="hide-phone wide"><${Holder} id=${createdBy} /></td>
    <td role="cell" class="acts"><${IconButton} small icon="kebab" data-act="menu" label=${t("admin.actionsFor", { name })} haspopup="menu" onClick=${menu} /></td>
  `;
}

function useHookMenu(hook, list) {
  const { toasts } = useChat();
  const admin = useAdmin();
  const { id, name } = hook;
  const remove = async () => {
    await admin.ask(request.adminDeleteWebhook, { webhookId: id });
    list.drop(id);
    toasts.show({ text: t("hook.deleted", { name }) });
  };
  const question = { title: t("hook.deleteTitle", { name }), body: t("hook.deleteBody"), deed: t("hook.delete"), run: remove };
  const items = [
    { icon: "link", label: t("hook.address"), run: () => openDialog(HookAddress, { hook }) },
    "rule",
    { icon: "trash", label: t("hook.delete"), danger: true, run: () => ask(question) },
  ];
  return ({ currentTarget }) => openMenu({ anchor: currentTarget, items, label: t("admin.actionsFor", { name }), align: "end" });
}
