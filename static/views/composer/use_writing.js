// What is being written in one text box and what can be done with it: sending, formatting, putting something in. The box
// itself is writing_box.js, sending models/outbox.js.
import { useEffect, useLayoutEffect, useSignal } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { stopQuoting } from "../stream/quoting.js";
import { excess, isBlank } from "./counting.js";
import { useDraft } from "./draft.js";
import { format } from "./formatting.js";
import { grow } from "./growing.js";
import { insertIn, replaceIn } from "./replace.js";
import { useQuote } from "./use_quote.js";

/** For the text box of `boxRef`; `draftKey` names what of it is kept. */
export function useWriting(boxRef, { channel, threadId, draftKey }) {
  const chat = useChat();
  const draft = useDraft(draftKey);
  const text = useSignal(draft.text);
  const quoted = useQuote(channel, threadId);
  const limit = chat.limits.value.maxContentLength;
  const over = excess(text.value, limit);
  const canSend = over === 0 && !isBlank(text.value);

  useLayoutEffect(() => {
    put(boxRef.current, draft.text);
  }, []);
  useLayoutEffect(() => {
    if (quoted) boxRef.current.focus();
  }, [quoted?.id]);
  useEffect(() => {
    if (over > 0) chat.announcer.say(t("composer.over", { n: over }));
  }, [over > 0]);

  const keep = (box) => {
    text.value = box.value;
    draft.keep(box.value);
    grow(box);
    if (!isBlank(box.value)) chat.typing.tell(channel.id);
  };
  const send = () => {
    if (!canSend) return;
    chat.outbox.send(channel.id, text.peek(), { threadId, quotedMessageId: quoted?.id ?? null });
    chat.typing.sent(channel.id);
    if (quoted) stopQuoting();
    draft.drop();
    text.value = "";
    put(boxRef.current, "");
    boxRef.current.focus();
  };
  const formatAs = (kind) => {
    const { value, selectionStart, selectionEnd } = boxRef.current;
    replaceIn(boxRef.current, format(kind, value, selectionStart, selectionEnd));
  };
  const mention = () => {
    const before = boxRef.current.value[boxRef.current.selectionStart - 1] ?? " ";
    insertIn(boxRef.current, /\s/.test(before) ? "@" : " @");
  };
  const insert = (sign) => insertIn(boxRef.current, sign);
  return { text, quoted, limit, over, canSend, keep, send, formatAs, mention, insert };
}

/** The box is never drawn with its text: one that is set again at each stroke loses its history and its caret. */
function put(box, text) {
  box.value = text;
  grow(box);
}
