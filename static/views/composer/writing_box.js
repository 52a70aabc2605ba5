// The composer's form: text box, completion, quote, tray, and the line under it. What is written is use_writing.js's,
// what the keys do writing_keys.js's.
import { html, useId, useLayoutEffect, useRef, useSignal } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { stopQuoting } from "../stream/quoting.js";
import { useCompletion } from "./completion.js";
import { CompletionList } from "./completion_list.js";
import { countCodePoints } from "./counting.js";
import { EmojiPicker } from "../later.js";
import { focusAfterOpening, registerBox } from "./focus.js";
import { QuoteChip } from "./quote_chip.js";
import { Tray } from "./tray.js";
import { Under } from "./under.js";
import { useWriting } from "./use_writing.js";
import { writingKeys } from "./writing_keys.js";

export function WritingBox({ channel, threadId, draftKey }) {
  const chat = useChat();
  const id = useId();
  const ref = useRef(null);
  const picker = useSignal(null); // the button that opened it
  const writing = useWriting(ref, { channel, threadId, draftKey });
  const completion = useCompletion(ref, channel);
  const { quoted, over } = writing;
  useRegistered(ref, threadId ? "thread" : "main");

  const name = nameOfBox(chat, channel, threadId);
  const boxId = threadId ? "thread-box" : "box";
  const closePicker = () => (picker.value = null);
  return html`
    <form class="composer" aria-label=${t(threadId ? "composer.writeReply" : "composer.write")} data-testid="composer" onSubmit=${prevented(writing.send)}>
      <${CompletionList} completion=${completion} />
      ${quoted && html`<${QuoteChip} id=${`${id}-quote`} message=${quoted} onRemove=${() => (stopQuoting(), ref.current.focus())} />`}
      <label class="vh" for=${boxId}>${name}</label>
      <textarea
        id=${boxId} ref=${ref} rows="1" dir="auto" enterkeyhint="send" autocomplete="off" spellcheck placeholder=${name}
        aria-describedby=${[quoted && `${id}-quote`, over ? `${id}-over` : `${id}-keys`].filter(Boolean).join(" ")}
        aria-invalid=${over ? "true" : undefined}
        ...${completion.attributes}
        onInput=${(event) => (writing.keep(event.currentTarget), completion.typed(event))}
        onKeyDown=${writingKeys({ chat, channel, threadId, completion, writing })}
        onKeyUp=${completion.track}
        onClick=${completion.track}
        onBlur=${completion.close}
      ></textarea>
      <${Tray}
        onFormat=${writing.formatAs} onMention=${writing.mention}
        onEmoji=${(button) => (picker.value = picker.peek() ? null : button)} isEmojiOpen=${picker.value !== null}
        canSend=${writing.canSend} limit=${writing.limit} count=${over ? countCodePoints(writing.text.value) : 0}
      />
    </form>
    ${picker.value && html`<${EmojiPicker} anchor=${picker.value} onPick=${(sign) => (closePicker(), writing.insert(sign))} onClose=${closePicker} />`}
    <${Under} id=${id} excess=${over} typingIn=${threadId ? null : channel.id} hasKeys />`;
}

/** Others find the box, and it has the focus after it was opened. */
function useRegistered(ref, place) {
  useLayoutEffect(() => {
    const unregister = registerBox(place, ref.current);
    focusAfterOpening(place);
    return unregister;
  }, []);
}

function nameOfBox(chat, channel, threadId) {
  if (threadId) return t("composer.toThread");
  return t(channel.kind === "dm" ? "composer.toPeople" : "composer.toChannel", { name: chat.channels.title(channel) });
}

function prevented(deed) {
  return (event) => {
    event.preventDefault();
    deed();
  };
}
