// The composer's form: text box with draft, completion, formatting, quote and emoji. Sending itself is models/outbox.js,
// the keys are writing_keys.js.
import { html, useEffect, useId, useLayoutEffect, useRef, useSignal } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { stopQuoting } from "../stream/quoting.js";
import { useCompletion } from "./completion.js";
import { CompletionList } from "./completion_list.js";
import { countCodePoints, excess, isBlank } from "./counting.js";
import { useDraft } from "./draft.js";
import { EmojiPicker } from "./emoji_picker.js";
import { focusAfterOpening, registerBox } from "./focus.js";
import { format } from "./formatting.js";
import { grow } from "./growing.js";
import { QuoteChip } from "./quote_chip.js";
import { insertIn, replaceIn } from "./replace.js";
import { Tray } from "./tray.js";
import { Under } from "./under.js";
import { useQuote } from "./use_quote.js";
import { writingKeys } from "./writing_keys.js";

export function WritingBox({ channel, threadId, draftKey }) {
  const chat = useChat();
  const id = useId();
  const ref = useRef(null);
  const draft = useDraft(draftKey);
  const text = useSignal(draft.text);
  const picker = useSignal(null); // the button that opened it
  const completion = useCompletion(ref, channel);
  const quoted = useQuote(channel, threadId);
  const limit = chat.limits.value.maxContentLength;
  const over = excess(text.value, limit);
  const canSend = over === 0 && !isBlank(text.value);

  useLayoutEffect(() => {
    const box = ref.current;
    box.value = draft.text; // never a property of the element: a text that is set again loses its history and its caret
    grow(box);
    const unregister = registerBox(threadId ? "thread" : "main", box);
    focusAfterOpening(threadId ? "thread" : "main");
    return unregister;
  }, []);
  useEffect(() => {
    if (quoted) ref.current.focus();
  }, [quoted?.id]);
  useEffect(() => {
    if (over > 0) chat.announcer.say(t("composer.over", { n: over }));
  }, [over > 0]);

  const onInput = (event) => {
    text.value = event.currentTarget.value;
    draft.keep(text.peek());
    grow(event.currentTarget);
    completion.typed(event);
    if (!isBlank(text.peek())) chat.typing.tell(channel.id);
  };
  const send = () => {
    if (!canSend) return;
    chat.outbox.send(channel.id, text.peek(), { threadId, quotedMessageId: quoted?.id ?? null });
    chat.typing.sent(channel.id);
    ref.current.value = "";
    text.value = "";
    draft.drop();
    if (quoted) stopQuoting();
    completion.close();
    grow(ref.current);
    ref.current.focus();
  };
  const formatAs = (kind) => {
    const { value, selectionStart, selectionEnd } = ref.current;
    replaceIn(ref.current, format(kind, value, selectionStart, selectionEnd));
  };
  const mention = () => {
    const before = ref.current.value[ref.current.selectionStart - 1] ?? " ";
    insertIn(ref.current, /\s/.test(before) ? "@" : " @");
  };
  const pickEmoji = (sign) => {
    picker.value = null;
    insertIn(ref.current, sign);
  };
  const onKeyDown = writingKeys({ chat, channel, threadId, completion, quoted, send, formatAs });

  return html`
    <form class="composer" aria-label=${t(threadId ? "composer.writeReply" : "composer.write")} data-testid="composer" onSubmit=${prevented(send)}>
      <${CompletionList} completion=${completion} />
      ${quoted && html`<${QuoteChip} id=${`${id}-quote`} message=${quoted} onRemove=${() => (stopQuoting(), ref.current.focus())} />`}
      <label class="vh" for=${boxId(threadId)}>${nameOfBox(chat, channel, threadId)}</label>
      <textarea
        id=${boxId(threadId)} ref=${ref} rows="1" dir="auto" enterkeyhint="send" autocomplete="off" spellcheck
        placeholder=${nameOfBox(chat, channel, threadId)}
        aria-describedby=${[quoted && `${id}-quote`, over ? `${id}-over` : `${id}-keys`].filter(Boolean).join(" ")}
        aria-invalid=${over ? "true" : undefined}
        ...${completion.attributes}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
        onKeyUp=${completion.track}
        onClick=${completion.track}
        onBlur=${completion.close}
      ></textarea>
      <${Tray}
        onFormat=${formatAs} onMention=${mention} onEmoji=${(button) => (picker.value = picker.peek() ? null : button)}
        isEmojiOpen=${picker.value !== null} canSend=${canSend} limit=${limit} count=${over ? countCodePoints(text.value) : 0}
      />
    </form>
    ${picker.value && html`<${EmojiPicker} anchor=${picker.value} onPick=${pickEmoji} onClose=${() => (picker.value = null)} />`}
    <${Under} id=${id} excess=${over} typingIn=${threadId ? null : channel.id} hasKeys />`;
}

/** The skip link leads to "box". */
function boxId(threadId) {
  return threadId ? "thread-box" : "box";
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
