// The row of tabs that leads to the groups of the emoji picker. Two groups that belong together share a tab.
import { html, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { walk } from "../parts/parts.js";
import { GROUPS } from "./emoji_index.js";

const WITHIN = { people: "faces", flags: "signs" };
const tabs = GROUPS.filter(({ key }) => !WITHIN[key]);
const recent = { key: "recent", sign: "🕐" };

/** `group` is a signal with the key of the group at the top. */
export function EmojiGroups({ hasRecent, isSearching, group, controls, onChoose }) {
  const ref = useRef(null);
  const shown = hasRecent ? [recent, ...tabs] : tabs;
  const selected = isSearching ? null : (WITHIN[group.value] ?? group.value);
  const stop = shown.some(({ key }) => key === selected) ? selected : shown[0].key;
  const onKeyDown = (event) => {
    const tab = walk(event, ref.current.children, { sideways: true });
    if (tab) onChoose(tab.dataset.key);
  };
  return html`<div class="cats" role="tablist" aria-label=${t("emoji.groups")} ref=${ref} onKeyDown=${onKeyDown}>
    ${shown.map(({ key, sign }) => html`<button
      type="button" role="tab" key=${key} data-key=${key} aria-controls=${controls}
      aria-selected=${String(key === selected)} tabindex=${key === stop ? "0" : "-1"}
      aria-label=${t(`emoji.${key}`)} title=${t(`emoji.${key}`)} onClick=${() => onChoose(key)}
    >${sign}</button>`)}
  </div>`;
}
