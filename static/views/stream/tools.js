// The tools over a message under the pointer or with the focus: two emoji, reaction, thread, quote, more. What they do is
// actions.js; on touch there is sheet.js instead.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { IconButton, openMenu, walk } from "../parts/parts.js";
import { actionsFor } from "./actions.js";

const USUAL = ["👍", "👀", "🎉", "🙏", "❤️", "😂"];
const QUICK = 2;
const OUTSIDE = ["react", "thread", "quote"]; // these have buttons of their own

export function Tools({ message, rowKey, list }) {
  const { chat } = list;
  const actions = actionsFor(message, list);
  const outside = OUTSIDE.map((id) => actions.find((action) => action.id === id)).filter(Boolean);
  const onKeyDown = (event) => {
    if (walk(event, event.currentTarget.querySelectorAll("button"), { sideways: true })) return event.stopPropagation();
    if (event.key !== "Escape") return undefined;
    event.preventDefault();
    event.stopPropagation();
    return list.focusRow(rowKey);
  };
  const more = (event) => openMenu({
    anchor: list.hold(rowKey, event.currentTarget),
    items: menuOf(actions, { anchor: event.currentTarget, hasKeys: chat.settings.letterKeys.peek() }),
    label: t("stream.more"),
    align: "end",
    onClose: () => list.release(rowKey),
  });
  return html`<div class="tools" role="toolbar" aria-label=${t("stream.tools")} onKeyDown=${onKeyDown}>
    ${actions.some(({ id }) => id === "react") && quickEmoji(chat).map((emoji) => html`<button
      type="button" class="icon-btn emoji" key=${emoji} tabindex="-1" aria-label=${t("stream.reactWith", { emoji })}
      onClick=${() => chat.deeds.react(message, emoji)}
    >${emoji}</button>`)}
    ${outside.map(({ id, icon, label, run }) => html`<${IconButton}
      key=${id} icon=${icon} label=${label} tabindex="-1" onClick=${(event) => run({ anchor: event.currentTarget })}
    />`)}
    <${IconButton} icon="more" label=${t("stream.more")} tabindex="-1" haspopup="menu" onClick=${more} />
  </div>`;
}

/** Those used last, or the usual ones. */
export function quickEmoji(chat, count = QUICK) {
  return [...new Set([...chat.settings.recentEmoji.value, ...USUAL])].slice(0, count);
}

/** All actions as menu entries, the destructive one apart. */
export function menuOf(actions, { anchor, hasKeys }) {
  const entry = ({ icon, label, key, danger, run }) => ({
    icon,
    label,
    danger,
    keys: hasKeys && key?.length === 1 ? key.toUpperCase() : undefined,
    run: (event) => run({ anchor, isSure: Boolean(event?.shiftKey) }),
  });
  const calm = actions.filter(({ danger }) => !danger).map(entry);
  const destructive = actions.filter(({ danger }) => danger).map(entry);
  return destructive.length ? [...calm, "rule", ...destructive] : calm;
}
