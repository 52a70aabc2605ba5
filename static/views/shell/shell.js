// The signed-in page: the frame with its three columns, which on a phone are three screens. What stands in them is in
// sidebar.js, conversation.js and the panels.
import { html, useEffect, useMemo } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { OwnPresence } from "../../models/own_presence.js";
import { Place } from "../../models/place.js";
import { screenOf } from "../../models/route.js";
import { focusComposer } from "../composer/focus.js";
import { useChat } from "../context.js";
import { AdminPanel, MembersPanel, ThreadPanel, useAsideWhenQuiet } from "../later.js";
import { Skeleton } from "../parts/parts.js";
import { useBadge } from "./badge.js";
import { useConnectionWords } from "./connection_words.js";
import { Conversation } from "./conversation.js";
import { useNotifier } from "./notifier.js";
import { PlaceContext } from "./place_context.js";
import { PresenceContext } from "./presence_context.js";
import { useRouting } from "./routing.js";
import { useScreenFocus } from "./screen_focus.js";
import { useShortcuts } from "./shortcuts.js";
import { Sidebar } from "./sidebar.js";

export function Shell() {
  const chat = useChat();
  const place = useMemo(() => new Place(chat.open, chat.me), [chat]);
  const presence = useOwnPresenceOf(chat);
  useRouting(chat, place);
  useShortcuts(chat, place);
  useBadge(chat);
  useNotifier(chat, place);
  useConnectionWords(chat);
  useScreenFocus(place);
  useAsideWhenQuiet(chat);
  return html`<${PlaceContext.Provider} value=${place}><${PresenceContext.Provider} value=${presence}>
    ${place.route.value.admin === null ? html`<${Columns} place=${place} />` : html`<${Administration} place=${place} />`}
  <//><//>`;
}

function Columns({ place }) {
  return html`
    <${Skip} />
    <div class="app" data-screen=${screenOf(place.route.value)}>
      <${Sidebar} />
      <${Conversation} />
      <${Panel} place=${place} />
    </div>
  `;
}

function Administration({ place }) {
  return html`<${AdminPanel} place=${place} close=${() => place.leaveAdmin()} waiting=${html`<${Skeleton} rows=${5} />`} />`;
}

/** A button, not a link: the address belongs to the route. */
function Skip() {
  return html`<button type="button" class="skip" onClick=${() => focusComposer()}>${t("shell.skip")}</button>`;
}

function Panel({ place }) {
  const chat = useChat();
  const { channelId, threadId, members } = place.route.value;
  const channel = chat.open.channel.value;
  if (!channel) return null;
  if (threadId !== null) return html`<${ThreadPanel} key=${threadId} />`;
  return members && html`<${MembersPanel} key=${channelId} channel=${channel} />`;
}

function useOwnPresenceOf(chat) {
  const presence = useMemo(() => new OwnPresence(chat), [chat]);
  useEffect(() => () => presence.stop(), [presence]);
  return presence;
}
