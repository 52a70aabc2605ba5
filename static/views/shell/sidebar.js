// The sidebar: server name, Jump to, channels, direct messages, oneself. What a row shows is channel_row.js's.
import { html, signal, useLayoutEffect, useMemo, useRef, useSignalEffect } from "../../lib/ui.js";
import { ariaShortcut, caps } from "../../lib/keys.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { BrowseChannels, CreateChannel, NewDirect, openSettings, Switcher } from "../later.js";
import { Icon, IconButton, Mark, openDialog, openMenu, walk } from "../parts/parts.js";
import { Banner } from "./banner.js";
import { Beyond } from "./beyond.js";
import { ChannelRow } from "./channel_row.js";
import { useDerivedList } from "./derived.js";
import { combinationOf } from "./keymap.js";
import { OwnRow } from "./own_row.js";
import { usePlace } from "./place_context.js";
import { isNarrow } from "./width.js";

export function Sidebar() {
  const place = usePlace();
  return html`<nav class="sidebar" id="sidebar" data-region="sidebar" aria-label=${t("shell.sidebar")}>
    <${Head} />
    ${isNarrow.value && place.route.value.channelId === null && html`<${Banner} />`}
    <${Jump} />
    <${Lists} />
    <div class="foot"><${OwnRow} /></div>
  </nav>`;
}

function NewDirectButton(look) {
  const place = usePlace();
  return html`<${IconButton} ...${look} haspopup="dialog" onClick=${() => openDialog(NewDirect, { place })} />`;
}

function Head() {
  const { name } = useChat().server.value;
  return html`<div class="server">
    <button
      type="button" class="server-name" data-testid="server-name" aria-haspopup="dialog"
      title=${t("shell.settings")} onClick=${() => openSettings()}
    >
      <${Mark} /><bdi class="clip">${name}</bdi><span class="vh">, ${t("shell.settings")}</span>
      <${Icon} name="down" small />
    </button>
    <${NewDirectButton} icon="pen" label=${t("shell.newMessage")} />
  </div>`;
}

function Jump() {
  const place = usePlace();
  const combination = combinationOf("jump");
  return html`<button
    type="button" class="jump" aria-haspopup="dialog" aria-keyshortcuts=${ariaShortcut(combination)}
    onClick=${() => openDialog(Switcher, { place })}
  >
    <${Icon} name="search" small /><span>${t("shell.jump")}</span>
    <kbd aria-hidden="true">${caps(combination).join(" ")}</kbd>
  </button>`;
}

/** One walk with the arrow keys through both lists, and one tab stop: the open row, or the first. */
function Lists() {
  const chat = useChat();
  const ref = useRef(null);
  const channels = useDerivedList(() => idsOf(chat.channels.list.value.filter(isListed)), [chat]);
  const directs = useDerivedList(() => idsOf(chat.channels.directs.value), [chat]);
  const tabStop = useMemo(() => signal(null), []);
  useSignalEffect(() => {
    const open = chat.open.channelId.value;
    const ids = [...idsOf(chat.channels.list.value.filter(isListed)), ...idsOf(chat.channels.directs.value)];
    tabStop.value = ids.includes(open) ? open : (ids[0] ?? null);
  });
  useOpenRowInSight(ref);
  return html`<div class="lists-frame">
    <div class="lists" ref=${ref} onKeyDown=${(event) => walkRows(event, ref.current)}>
      <section aria-labelledby="sidebar-channels">
        <header><h2 id="sidebar-channels">${t("shell.channels")}</h2><${AddChannel} /></header>
        <ul>${channels.map((id) => html`<${ChannelRow} key=${id} id=${id} tabStop=${tabStop} />`)}</ul>
      </section>
      <${Directs} ids=${directs} tabStop=${tabStop} />
    </div>
    <${Beyond} lists=${ref} />
  </div>`;
}

function AddChannel() {
  const place = usePlace();
  const label = t("shell.addChannel");
  const open = ({ currentTarget }) =>
    openMenu({
      anchor: currentTarget,
      label,
      items: [
        { label: t("shell.create"), icon: "plus", run: () => openDialog(CreateChannel, { place }) },
        { label: t("shell.browse"), icon: "hash", run: () => openDialog(BrowseChannels, { place }) },
      ],
    });
  return html`<${IconButton} icon="plus" small label=${label} haspopup="menu" expanded=${false} onClick=${open} />`;
}

function Directs({ ids, tabStop }) {
  const isKnown = useChat().channels.synced.value;
  return html`<section aria-labelledby="sidebar-directs">
    <header>
      <h2 id="sidebar-directs">${t("shell.directs")}</h2>
      <${NewDirectButton} icon="plus" small label=${t("shell.newDirect")} />
    </header>
    ${isKnown && ids.length === 0 && html`<p class="nobody">${t("shell.noDirects")}</p>`}
    <ul>${ids.map((id) => html`<${ChannelRow} key=${id} id=${id} tabStop=${tabStop} />`)}</ul>
  </section>`;
}

function walkRows(event, lists) {
  if (event.target.matches(".link-row")) walk(event, lists.querySelectorAll(".link-row"));
}

function useOpenRowInSight(ref) {
  const openId = useChat().open.channelId.value;
  useLayoutEffect(() => {
    ref.current.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [openId]);
}

const idsOf = (channels) => channels.map(({ id }) => id);
const isListed = (channel) => channel.archivedAt === null;
