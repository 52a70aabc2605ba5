// The rows that are no messages: separators of days, the unread line, what is loading or could not be loaded, and the
// beginning of a channel.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { shortTime } from "../../lib/time.js";
import { canManage } from "../../models/channel_rights.js";
import { EditChannel } from "../later.js";
import { Button, Empty, Notice, openDialog, Skeleton, Time } from "../parts/parts.js";

/** The line of a day goes with the messages; its name stays at the upper edge while they pass. */
export function Day({ row }) {
  return html`
    <div class="day-line" aria-hidden="true"></div>
    <div class="day" role="separator" data-row=${row.key}><span><${Time} at=${row.at} form="day" /></span></div>
  `;
}

/** The name of a day whose separator is not in the document. */
export function CarriedDay({ row }) {
  return html`<div class="day carried" role="separator"><span><${Time} at=${row.at} form="day" /></span></div>`;
}

export function UnreadLine({ row, list }) {
  const { since } = row;
  const words = since === null ? t("stream.new") : t("stream.newSince", { time: shortTime(since, list.chat.clock.now()) });
  return html`<div class="unread-line" role="separator" data-row=${row.key}><span>${words}</span></div>`;
}

export function RepliesMark({ row }) {
  return html`<div class="replies-mark" data-row=${row.key}>${row.count > 0 && t("stream.replies", { n: row.count })}</div>`;
}

/** Older or newer messages on their way, or a hole being filled: grey rows, or what went wrong. */
export function Loading({ row, list }) {
  const hasFailed = row.kind !== "gap" && list.timeline.error.value !== null && list.failed.value === row.kind;
  return html`<div class="edge" data-row=${row.key}>
    ${hasFailed ? html`<${Failed} which=${row.kind} list=${list} />` : html`<${Skeleton} label=${t("stream.loading")} />`}
  </div>`;
}

export function Failed({ which, list }) {
  const retry = html`<button type="button" class="link" onClick=${() => list.retry()}>${t("common.retry")}</button>`;
  return html`<div class="load-error"><${Notice} kind="danger" icon="alert" action=${retry} role="status">${t(`stream.failed.${which}`)}<//></div>`;
}

export function Start({ row, list }) {
  const { chat } = list;
  const channel = chat.channels.get(list.timeline.channelId);
  if (!channel) return html`<div data-row=${row.key}></div>`;
  const isOpen = channel.archivedAt === null && canManage(channel, chat.me.value) && !channel.topic;
  const action = isOpen && html`<${Button} onClick=${() => openDialog(EditChannel, { chat, channelId: channel.id })}>${t("stream.setTopic")}<//>`;
  return html`<div class="start" data-row=${row.key}><${Empty} ...${words(channel, chat)} action=${action} /></div>`;
}

function words(channel, chat) {
  const name = chat.channels.title(channel);
  if (channel.kind === "dm") {
    const kind = channel.userIds.length > 1 ? "direct" : "alone";
    return { title: t(`stream.start.${kind}`, { name }), text: t(`stream.start.${kind}.text`, { name }) };
  }
  const about = channel.topic || channel.archivedAt ? "" : ` ${t("stream.start.about")}`;
  if (channel.kind === "private") return { title: t("stream.start.private", { name }), text: t("stream.start.private.text") + about };
  const text = t("stream.start.public.text", { server: chat.server.value.name });
  return { title: t("stream.start", { name }), text: text + about };
}
