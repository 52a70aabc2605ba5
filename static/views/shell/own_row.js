// Oneself at the lower left: how one is seen, and the menu about oneself.
import { html } from "../../lib/ui.js";
import { caps } from "../../lib/keys.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { ExitServer, KeyboardMap, openSettings, SetStatus } from "../later.js";
import { Avatar, Icon, PersonName, openDialog, openMenu } from "../parts/parts.js";
import { combinationOf } from "./keymap.js";
import { useOwnPresence } from "./presence_context.js";

const STATUSES = [["online", "online"], ["away", "away"], ["dnd", "busy"]];

export function OwnRow() {
  const chat = useChat();
  const presence = useOwnPresence();
  const me = chat.me.value;
  const status = chat.people.presence(me.id);
  const open = ({ currentTarget }) =>
    openMenu({ anchor: currentTarget, label: me.displayName, items: itemsFor(chat, presence), above: true });
  return html`<button
    type="button" class="me" data-testid="me" aria-haspopup="menu" aria-expanded="false" onClick=${open}
  >
    <${Avatar} user=${me} size="md" presence />
    <span class="grow">
      <strong class="clip"><${PersonName} user=${me} /></strong>
      <small class="clip" dir="auto">${me.statusMessage || t(`presence.${status}`)}</small>
    </span>
    ${me.statusMessage && html`<span class="vh">, ${t(`presence.${status}`)}</span>`}
    <${Icon} name="up" small />
  </button>`;
}

function itemsFor(chat, presence) {
  const key = (id) => caps(combinationOf(id)).join(" ");
  return [
    { label: t("me.status"), icon: "smile", run: () => openDialog(SetStatus, { chat }) },
    ...STATUSES.map(([status, look]) => ({
      label: t(`presence.${status}`),
      mark: html`<span class=${`dotty ${look}`}></span>`,
      checked: presence.chosen.peek() === status,
      run: () => presence.choose(status).catch((refused) => chat.toasts.refused(refused)),
    })),
    "rule",
    { label: t("shell.settings"), icon: "sliders", keys: key("settings"), run: () => openSettings() },
    { label: t("me.keyboard"), icon: "info", keys: key("keyboard"), run: () => openDialog(KeyboardMap) },
    { label: t("me.signOut"), icon: "out", run: () => chat.signOut().catch((refused) => chat.toasts.refused(refused)) },
    "rule",
    { label: t("me.exit"), icon: "ban", danger: true, run: () => openDialog(ExitServer, { chat }) },
  ];
}
