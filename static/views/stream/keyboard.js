// The keys of the message list (UI.md 4.7). Everywhere's keys are the shell's, those of an open menu its own.
import { isWriting } from "../../lib/keys.js";
import { actionsFor } from "./actions.js";
import { openSheet, wantsSheet } from "./sheet.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

export function onListKey(list) {
  return (event) => {
    if (event.defaultPrevented || event.isComposing || isWriting(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const article = event.target.closest("[role=article]");
    const isOnRow = event.target === article || event.target === event.currentTarget;
    const isDone = isOnRow ? onRow(event, list) : inRow(event, list, article);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Inside a message Escape goes back to it; all other keys are the control's. */
function inRow(event, list, article) {
  if (event.key !== "Escape" || !article) return false;
  list.focusRow(article.dataset.row);
  return true;
}

function onRow(event, list) {
  const key = list.current.peek() ?? list.nearest();
  const row = list.viewport.rows.find((one) => one.key === key);
  if (walked(event, list, key)) return true;
  if (event.key === "Enter" || event.key === "ArrowRight") return enterTools(event, list, row);
  if (event.key === "Delete") return act(list, row, (action) => action.key === "Delete", event);
  if (event.key.length !== 1 || event.key === " ") return false;
  return letter(event, list, row);
}

function walked(event, list, key) {
  const target = targetOf(event, list, key);
  if (target === null) return false;
  if (event.key === "End") list.toEnd();
  list.focusRow(target);
  return true;
}

/** The key of the row that an arrow, Home, End or a page leads to; null for other keys. */
function targetOf(event, { viewport }, key) {
  const messages = viewport.rows.filter((row) => row.kind === "message");
  const at = messages.findIndex((row) => row.key === key);
  const within = (index) => messages[Math.max(0, Math.min(messages.length - 1, index))]?.key ?? null;
  if (event.key in STEPS) return within(at + STEPS[event.key]);
  if (event.key === "Home") return within(0);
  if (event.key === "End") return within(messages.length - 1);
  if (event.key !== "PageUp" && event.key !== "PageDown") return null;
  const sign = event.key === "PageUp" ? -1 : 1;
  let left = viewport.height * 0.85;
  let index = at;
  while (left > 0 && messages[index + sign]) {
    index += sign;
    left -= viewport.heightOf(messages[index]);
  }
  return within(index);
}

function enterTools(event, list, row) {
  if (!row?.message || row.message.deletedAt) return enterRow(event);
  if (wantsSheet()) {
    openSheet(row.message, list, event.target);
    return true;
  }
  list.focused.value = row.key;
  // The tools may be in the document only after the next drawing.
  requestAnimationFrame(() => list.viewport.elementOf(row.key)?.querySelector(".tools button")?.focus());
  return true;
}

/** An unsent message has no tools, but "Try again". */
function enterRow(event) {
  const control = event.target.querySelector("button, a[href]");
  control?.focus();
  return Boolean(control);
}

/** A letter is a command where letters are commands; any other goes to the composer, which then gets it itself. */
function letter(event, list, row) {
  const pressed = event.key.toLowerCase();
  const isCommand = list.chat.settings.letterKeys.peek() && !event.shiftKey;
  if (isCommand && act(list, row, (action) => action.key === pressed, event)) return true;
  // "?" is the page's own, and for administrators G, unless letters are none.
  const isPages = event.key === "?" || (pressed === "g" && list.chat.me.peek().isAdmin);
  if (!isPages || !list.chat.settings.letterKeys.peek()) list.write();
  return false;
}

function act(list, row, fits, event) {
  const action = row && actionsFor(row.message, list).find(fits);
  action?.run({ anchor: list.viewport.elementOf(row.key), isSure: event.shiftKey });
  return Boolean(action);
}
