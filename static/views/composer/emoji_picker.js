// Choosing an emoji: search, groups, the recently used, and the name of the one in question. Loads the names when opened.
import { html, useEffect, useId, useLayoutEffect, useMemo, useRef, useSignal } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon, Popover } from "../parts/parts.js";
import { useChat } from "../context.js";
import { EmojiGrid, enterGrid, showGroup } from "./emoji_grid.js";
import { EmojiGroups } from "./emoji_groups.js";
import { sectionsOf } from "./emoji_sections.js";
import { emojiIndex, loadEmoji } from "./emoji_source.js";
import { isTouch } from "./focus.js";

const FIRST = 2; // sections
const AFTER_MS = 60;

/** Beside `anchor`; `onPick(sign)` gets the emoji, and whoever opened the picker closes it then. */
export function EmojiPicker({ anchor, onPick, onClose }) {
  const chat = useChat();
  const id = useId();
  const search = useRef(null);
  const grid = useRef(null);
  const pick = useRef(null);
  const query = useSignal("");
  const hasFailed = useSignal(false);
  const shown = useSignal(null); // the emoji under the pointer or the focus
  const group = useSignal(null); // the one at the top
  const isLate = useSignal(false);
  const index = emojiIndex.value;
  const recent = useMemo(() => chat.settings.recentEmoji.peek(), []); // it must not change under the finger
  const all = useMemo(() => index && sectionsOf(index, query.value, recent), [index, query.value]);
  const sections = useFirstThenAll(all, isLate);

  useEffect(() => {
    loadEmoji().catch(() => (hasFailed.value = true));
  }, []);
  pick.current = (sign) => {
    chat.settings.usedEmoji(sign);
    onPick(sign);
  };
  const drawn = useMemo(
    () => sections && html`<${EmojiGrid}
      key=${query.value} gridRef=${grid} sections=${sections} shown=${shown} group=${group} pick=${pick}
      onLeave=${() => search.current.focus()}
    />`,
    [sections],
  );
  const soon = useSoon(drawn);
  const onSearchKey = (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") soon(() => enterGrid(grid.current));
    else if (event.key === "Enter" && query.value && sections?.length) pick.current(sections[0].entries[0].sign);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  const onChoose = (key) => {
    isLate.value = true;
    query.value = search.current.value = "";
    soon(() => showGroup(grid.current, key));
  };

  return html`<${Popover} anchor=${anchor} onClose=${onClose} label=${t("emoji.choose")} above class="emoji-picker">
    <div class="input-group">
      <${Icon} name="search" />
      <input
        class="input" type="search" ref=${search} autocomplete="off" spellcheck=${false}
        aria-label=${t("emoji.search")} placeholder=${t("emoji.search")} aria-controls=${id}
        onInput=${(event) => (query.value = event.currentTarget.value)} onKeyDown=${onSearchKey}
      />
    </div>
    <${EmojiGroups} hasRecent=${recent.length > 0} isSearching=${query.value !== ""} group=${group} controls=${id} onChoose=${onChoose} />
    <div class="scroll" id=${id} ref=${grid} role="tabpanel" tabindex="-1" aria-label=${t("emoji.all")} data-autofocus=${isTouch() || undefined}>
      ${drawn}
      <${Result} query=${query.value} sections=${sections} hasFailed=${hasFailed.value} />
    </div>
    <${Tip} shown=${shown} />
  <//>`;
}

/** What is seen first is drawn first: all of them at once would take longer than a frame. */
function useFirstThenAll(sections, isLate) {
  const isThere = sections !== null;
  useEffect(() => {
    if (!isThere) return undefined;
    const timer = setTimeout(() => (isLate.value = true), AFTER_MS);
    return () => clearTimeout(timer);
  }, [isThere]);
  return useMemo(() => (isLate.value ? sections : sections && sections.slice(0, FIRST)), [sections, isLate.value]);
}

/** Does a deed that says false while what it needs is not drawn: at once, or after the drawing that it waits for. */
function useSoon(drawn) {
  const waiting = useRef(null);
  const attempt = () => {
    if (waiting.current?.()) waiting.current = null;
  };
  useLayoutEffect(attempt, [drawn]);
  return (deed) => {
    waiting.current = deed;
    attempt();
  };
}

/** How many were found, told only; that there are none, seen as well. */
function Result({ query, sections, hasFailed }) {
  const found = query && sections?.length ? t("emoji.found", { n: sections[0].entries.length }) : "";
  const trouble = hasFailed ? t("emoji.failed") : query && sections?.length === 0 ? t("emoji.none") : "";
  return html`<p class=${trouble ? "none" : "vh"} role="status">${trouble || found}</p>`;
}

function Tip({ shown }) {
  const entry = shown.value;
  return html`<p class="tip" aria-hidden="true">
    ${entry ? html`<b>${entry.sign}</b><span class="clip">${entry.names.map((name) => `:${name}:`).join(" ")}</span>` : t("emoji.hint")}
  </p>`;
}
