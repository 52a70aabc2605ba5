// Choosing an emoji: search, groups, the recently used, and the name of the one in question. Loads the names when opened.
import { html, useEffect, useId, useMemo, useRef, useSignal } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon, Popover } from "../parts/parts.js";
import { useChat } from "../context.js";
import { EmojiGrid, enterGrid, showGroup } from "./emoji_grid.js";
import { EmojiGroups } from "./emoji_groups.js";
import { sectionsOf } from "./emoji_sections.js";
import { emojiIndex, loadEmoji } from "./emoji_source.js";
import { isTouch } from "./focus.js";

/** Beside `anchor`; `onPick(sign)` gets the emoji, and whoever opened the picker closes it then. */
export function EmojiPicker({ anchor, onPick, onClose }) {
  const chat = useChat();
  const id = useId();
  const search = useRef(null);
  const grid = useRef(null);
  const query = useSignal("");
  const hasFailed = useSignal(false);
  const shown = useSignal(null); // the emoji under the pointer or the focus
  const group = useSignal(null); // the one at the top
  const index = emojiIndex.value;
  const recent = useMemo(() => chat.settings.recentEmoji.peek(), []); // it must not change under the finger
  const sections = useMemo(() => index && sectionsOf(index, query.value, recent), [index, query.value]);

  useEffect(() => {
    loadEmoji().catch(() => (hasFailed.value = true));
  }, []);
  const pick = (sign) => {
    chat.settings.usedEmoji(sign);
    onPick(sign);
  };
  const onSearchKey = (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") enterGrid(grid.current);
    else if (event.key === "Enter" && query.value && sections?.length) pick(sections[0].entries[0].sign);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  const onChoose = (key) => {
    query.value = search.current.value = "";
    requestAnimationFrame(() => grid.current && showGroup(grid.current, key));
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
    <${EmojiGroups} hasRecent=${recent.length > 0} current=${query.value ? null : group.value} controls=${id} onChoose=${onChoose} />
    <div class="scroll" id=${id} ref=${grid} role="tabpanel" tabindex="-1" aria-label=${t("emoji.all")} data-autofocus=${isTouch() || undefined}>
      ${sections && html`<${EmojiGrid} key=${query.value} gridRef=${grid} sections=${sections} shown=${shown} group=${group} onPick=${pick} onLeave=${() => search.current.focus()} />`}
      <${Result} query=${query.value} sections=${sections} hasFailed=${hasFailed.value} />
    </div>
    <${Tip} entry=${shown.value} />
  <//>`;
}

/** How many were found, told only; that there are none, seen as well. */
function Result({ query, sections, hasFailed }) {
  const found = query && sections?.length ? t("emoji.found", { n: sections[0].entries.length }) : "";
  const trouble = hasFailed ? t("emoji.failed") : query && sections?.length === 0 ? t("emoji.none") : "";
  return html`<p class=${trouble ? "none" : "vh"} role="status">${trouble || found}</p>`;
}

function Tip({ entry }) {
  return html`<p class="tip" aria-hidden="true">
    ${entry ? html`<b>${entry.sign}</b><span class="clip">${entry.names.map((name) => `:${name}:`).join(" ")}</span>` : t("emoji.hint")}
  </p>`;
}
