// The list of messages of a channel, or of a thread: puts rows, place, keys and loading together. What a row looks like
// is message.js and edges.js, that nothing jumps viewport.js.
import { html, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon, Skeleton } from "../parts/parts.js";
import { useChat } from "../context.js";
import { EmojiPicker } from "../later.js";
import { Arrivals } from "./arrivals.js";
import { Days } from "./days.js";
import { Failed } from "./edges.js";
import { onListKey } from "./keyboard.js";
import { List } from "./list.js";
import { useMain } from "./newest.js";
import { pointing } from "./pointing.js";
import { Position } from "./position.js";
import { tellPositions } from "./positions.js";
import { quotedMessage } from "./quoted.js";
import { Rows } from "./rows.js";
import { openSheet } from "./sheet.js";
import { listenForHolding } from "./touch.js";
import { useJump } from "./use_jump.js";
import { Viewport } from "./viewport.js";

const keys = new WeakMap(); // timeline -> key: another timeline is another list, with nothing of the one before
let lastKey = 0;

/** `thread` is the root, as far as it is loaded, when the timeline is one of replies. */
export function Stream({ timeline, channel, thread = null }) {
  if (!keys.has(timeline)) keys.set(timeline, ++lastKey);
  return html`<${MessageList} key=${keys.get(timeline)} timeline=${timeline} channel=${channel} thread=${thread} />`;
}

function MessageList({ timeline, channel, thread }) {
  const chat = useChat();
  const parts = useParts(chat, timeline);
  const { list, rowsOf, position, arrivals, drawn } = parts;
  const [scroller, inner] = [useRef(null), useRef(null)];
  const root = useRoot(chat, timeline, channel, thread);
  const pending = useMemo(() => chat.outbox.pending(channel.id, timeline.rootId), []).value;
  const isLoaded = timeline.loaded.value && !waitsForLine(chat, timeline);
  const rows = isLoaded ? allRows({ chat, timeline, rowsOf, root, pending }) : [];
  const isOpening = isLoaded && list.viewport.rows.length === 0;
  if (isOpening) arrivals.opened(rows);
  if (isLoaded) position.choose(rows, pending);
  const range = list.viewport.plan(rows);
  const shown = isLoaded ? rows.slice(range.first, range.end) : unsentRows(chat, rowsOf, pending);

  useLayoutEffect(() => list.viewport.attach(scroller.current, inner.current), []);
  useLayoutEffect(() => {
    parts.settle();
    tellPositions(inner.current, rows, range.first, !timeline.hasOlder.peek() && !timeline.hasNewer.peek());
  });
  useLayoutEffect(() => () => parts.leave(), []);
  useLayoutEffect(() => listenForHolding(inner.current, (element) => openSheet(messageOf(list, element), list, element)), []);
  useWindow(arrivals);
  useRetry(chat, list);
  useMain(parts);
  useJump(parts, isLoaded);

  const pick = (emoji) => {
    chat.deeds.react(list.picking.peek().message, emoji);
    list.stopPicking();
  };
  return html`
    <div
      class="stream" ref=${scroller} role="region" aria-label=${labelOf(chat, channel, timeline)} data-testid="stream"
      tabindex=${rows.length > 1 ? -1 : 0} onScroll=${parts.scrolled} ...${parts.listeners}
    >
      <div class="messages" ref=${inner}>
        ${!isLoaded && html`<${Unloaded} list=${list} />`}
        ${shown.length > 0 && html`<${Days} rows=${shown} list=${list} drawn=${drawn} />`}
      </div>
    </div>
    <${Pill} arrivals=${arrivals} list=${list} />
    <${Picker} list=${list} onPick=${pick} />
  `;
}

/** Everything of this list that outlives a drawing. */
function useParts(chat, timeline) {
  const [, setTurn] = useState(0);
  const redraw = useCallback(() => setTurn((turn) => turn + 1), []);
  return useMemo(() => {
    const list = new List({ chat, timeline, viewport: new Viewport(redraw), redraw });
    const arrivals = new Arrivals(list, { seen: (id) => chat.open.seen(id) });
    const position = new Position(list);
    const update = () => {
      arrivals.update();
      list.loadMore();
    };
    const settle = () => {
      list.viewport.settle();
      list.settleFocus();
      if (list.viewport.isShown && list.viewport.rows.length) update();
    };
    const scrolled = () => {
      list.viewport.scrolled();
      if (list.viewport.isShown && list.viewport.rows.length) update();
    };
    const leave = () => {
      position.leave();
      arrivals.stop();
    };
    const listeners = { ...pointing(list, () => position.touched()), onKeyDown: onListKey(list) };
    return { list, arrivals, position, rowsOf: new Rows(), drawn: new WeakMap(), settle, scrolled, leave, listeners };
  }, []);
}

function allRows({ chat, timeline, rowsOf, root, pending }) {
  return rowsOf.from({
    messages: timeline.messages.value,
    pending,
    line: timeline.rootId === null ? chat.open.line.value : null,
    meId: chat.me.value.id,
    root,
    hasOlder: timeline.hasOlder.value,
    hasNewer: timeline.hasNewer.value,
    gap: timeline.gap.value,
  });
}

/** What was written here is shown, also while nothing else can be. */
function unsentRows(chat, rowsOf, pending) {
  if (!pending.length) return [];
  const rows = rowsOf.from({ messages: [], pending, meId: chat.me.value.id, hasOlder: true });
  return rows.filter(({ kind }) => kind !== "older");
}

/** The first message of a thread. The channel's list may not reach back to it. */
function useRoot(chat, timeline, channel, thread) {
  const fetched = useMemo(() => timeline.rootId && quotedMessage(chat, channel.id, timeline.rootId), []);
  const isMissing = Boolean(fetched) && thread === null;
  useEffect(() => {
    if (isMissing) void fetched.fetch();
  }, [isMissing, chat.connection.state.value]);
  return thread ?? (fetched && (fetched.value || null));
}

/** The messages around the unread line are on their way: the newest ones would only flash up before them. */
function waitsForLine(chat, timeline) {
  const afterId = timeline.rootId === null ? chat.open.line.value?.afterId : null;
  return Boolean(afterId) && timeline.loading.value === "first" && timeline.hasOlder.value && !timeline.find(afterId);
}

function useWindow(arrivals) {
  useEffect(() => {
    const again = () => arrivals.lookAgain();
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      window.removeEventListener("focus", again);
      document.removeEventListener("visibilitychange", again);
    };
  }, []);
}

/** What could not be loaded for want of a connection is asked for again when there is one. */
function useRetry(chat, list) {
  const isUp = chat.connection.state.value === "up";
  const wasUp = useRef(isUp);
  useEffect(() => {
    if (isUp && !wasUp.current && list.timeline.error.peek()) list.retry();
    wasUp.current = isUp;
  }, [isUp]);
}

function labelOf(chat, channel, timeline) {
  if (timeline.rootId !== null) return t("stream.region.thread");
  return t(channel.kind === "dm" ? "stream.region.direct" : "stream.region", { name: chat.channels.title(channel) });
}

function messageOf(list, element) {
  return list.viewport.rows.find((row) => row.key === element.dataset.row)?.message ?? null;
}

function Unloaded({ list }) {
  const { error, loading } = list.timeline;
  if (error.value && !loading.value) return html`<${Failed} which="first" list=${list} />`;
  return html`<${Skeleton} rows=${6} label=${t("stream.loading")} />`;
}

function Pill({ arrivals, list }) {
  const pill = arrivals.pill.value;
  const words = pill && (pill.n > 0 ? t("stream.pill", { n: pill.n }) : t("stream.toNewest"));
  return html`<div class="pill-holder">
    ${pill && html`<button type="button" class=${pill.n > 0 ? "jump-pill" : "jump-pill quiet"} data-testid="newest" onClick=${() => list.toEnd()}>
      <${Icon} name="arrow-down" small />${words}
    </button>`}
  </div>`;
}

function Picker({ list, onPick }) {
  const picking = list.picking.value;
  return picking && html`<${EmojiPicker} key=${picking.message.id} anchor=${picking.anchor} onPick=${onPick} onClose=${() => list.stopPicking()} />`;
}
