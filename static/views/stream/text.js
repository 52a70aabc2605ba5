// A message's text on the page: safe HTML, what was named in it marked, its code copied by a button. How Markdown is
// read is markup.js, that it is safe markdown.js.
import { html, useLayoutEffect, useMemo, useRef } from "../../lib/ui.js";
import { escapeHtml } from "../../lib/escape.js";
import { t } from "../../lib/text.js";
import { fullTime } from "../../lib/time.js";
import { useChat } from "../context.js";
import { safeHtml } from "./markdown.js";
import { namesToMark } from "./mentions.js";

/** `message` may be an unsent one: then it has no `mentions` yet. */
export function Text({ message, tabIndex }) {
  const chat = useChat();
  const ref = useRef(null);
  const { content, updatedAt } = message;
  const names = namesToMark(message, chat.people, chat.me.value.id);
  const shown = useMemo(
    () => withEdited(safeHtml(content, names), updatedAt),
    [content, updatedAt, names.size && [...names].join()],
  );
  useLayoutEffect(() => openToKeys(ref.current, tabIndex), [shown, tabIndex]);
  return html`<div class="text" ref=${ref} onClick=${copyCode} dangerouslySetInnerHTML=${{ __html: shown }}></div>`;
}

/** "(edited)" stands in the last line, not under it. */
function withEdited(safe, updatedAt) {
  if (!updatedAt) return safe;
  const mark = `<span class="edited" title="${escapeHtml(t("stream.editedAt", { time: fullTime(updatedAt) }))}">${t("stream.edited")}</span>`;
  return safe.endsWith("</p>") ? `${safe.slice(0, -4).trimEnd()} ${mark}</p>` : `${safe}<p>${mark}</p>`;
}

/** Links are tab stops in the message that has the focus only; what is wider than its message must be scrolled by keys. */
function openToKeys(text, tabIndex) {
  for (const control of text.querySelectorAll("a, button")) control.tabIndex = tabIndex;
  for (const box of text.querySelectorAll("pre, .table-frame")) boxes.observe(box);
}

/** Of all messages: a window may get narrower. */
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

async function copyCode(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
    button.textContent = t("stream.copied");
  } catch {
    button.textContent = t("stream.copyFailed");
  }
  setTimeout(() => (button.textContent = t("stream.copy")), 2000);
}
