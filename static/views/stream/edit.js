// Editing a message where it stands: Enter saves, Escape leaves. Which message is edited, and its text, is editing.js.
import { html, useId, useLayoutEffect, useRef } from "../../lib/ui.js";
import { t, tParts } from "../../lib/text.js";
import { Refused } from "../../models/errors.js";
import { Button } from "../parts/parts.js";
import { excess, isBlank } from "../composer/counting.js";
import { grow } from "../composer/growing.js";
import { editing, stopEditing } from "./editing.js";
import { removeMessage } from "./removal.js";

const COMPOSING = 229; // Safari ends the composition before the Enter that ended it

export function Edit({ message, list }) {
  const { chat } = list;
  const id = useId();
  const ref = useRef(null);
  const text = editing.value?.text ?? "";
  const over = excess(text, chat.limits.value.maxContentLength);
  useLayoutEffect(() => {
    const box = ref.current;
    grow(box);
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
    list.reveal(message);
  }, []);
  const leave = () => {
    stopEditing();
    list.afterEditing();
  };
  const save = () => {
    if (over) return;
    leave();
    if (isBlank(text)) removeMessage(message, { chat });
    else if (text !== message.content) change(message, text, list);
  };
  const onKeyDown = (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) return;
    event.stopPropagation(); // a letter here is no command of the list
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey) save();
    else return;
    event.preventDefault();
  };
  const onInput = (event) => {
    editing.value = { ...editing.peek(), text: event.currentTarget.value };
    grow(event.currentTarget);
  };
  return html`<div class="edit-box">
    <textarea
      ref=${ref} rows="1" class="input" dir="auto" aria-label=${t("stream.editBox")} aria-describedby=${id}
      aria-invalid=${over ? "true" : undefined} value=${text} onInput=${onInput} onKeyDown=${onKeyDown}
    ></textarea>
    <div class="row">
      <span class=${over ? "hint over" : "hint"} id=${id} role=${over ? "status" : undefined}>
        ${over ? t("stream.edit.over", { n: over }) : tParts("stream.edit.keys", { enter: html`<b>Enter</b>`, escape: html`<b>Esc</b>` })}
      </span>
      <${Button} kind="quiet" small onClick=${leave}>${t("common.cancel")}<//>
      <${Button} kind="primary" small onClick=${save} disabledReason=${over ? t("stream.edit.over", { n: over }) : undefined}>${t("common.save")}<//>
    </div>
  </div>`;
}

/** Shown in the same frame. When it is refused the old text is back, and the box with the new one. */
async function change(message, content, list) {
  const { chat, threadId } = list;
  const each = (deed) => list.timelines().forEach(deed);
  each((timeline) => timeline.patch(message.id, (now) => ({ ...now, content, updatedAt: chat.clock.now() })));
  try {
    await chat.deeds.edit(message, content);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    each((timeline) => timeline.restore(message.id));
    editing.value = { messageId: message.id, threadId, text: content };
    chat.toasts.refused(refused);
  }
}
