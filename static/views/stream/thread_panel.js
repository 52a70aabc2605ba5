// The right panel of a thread: its first message, the replies, and a composer of its own. The list itself is stream.js.
import { html, useEffect, useId, useLayoutEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Composer } from "../composer/composer.js";
import { focusComposer } from "../composer/focus.js";
import { useChat } from "../context.js";
import { IconButton, rememberFocus } from "../parts/parts.js";
import { Stream } from "./stream.js";

/** Nothing while no thread is open. */
export function ThreadPanel() {
  const { open } = useChat();
  const rootId = open.threadId.value;
  const channel = open.channel.value;
  const isGone = rootId !== null && channel === null;
  useEffect(() => {
    if (isGone) open.closeThread();
  }, [isGone]);
  return rootId && channel && html`<${Panel} key=${rootId} rootId=${rootId} channel=${channel} />`;
}

function Panel({ rootId, channel }) {
  const chat = useChat();
  const id = useId();
  const ref = useRef(null);
  const timeline = chat.thread(rootId);
  useFocusGivenBack(ref);
  useEffect(() => {
    timeline.load();
  }, [timeline]);
  const onKeyDown = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    chat.open.closeThread();
  };
  return html`<aside class="panel thread" aria-labelledby=${id} data-testid="thread-panel" ref=${ref} onKeyDown=${onKeyDown}>
    <header>
      <h2 id=${id}>${t("thread.title")}</h2>
      <p class="clip grow"><bdi>${placeOf(chat, channel)}</bdi></p>
      <${IconButton} icon="close" label=${t("thread.close")} title=${t("thread.closeTip")} onClick=${() => chat.open.closeThread()} />
    </header>
    <${Stream} timeline=${timeline} channel=${channel} thread=${timeline.root.value} />
    <${Composer} channel=${channel} threadId=${rootId} />
  </aside>`;
}

function placeOf(chat, channel) {
  return channel.kind === "dm" ? chat.channels.title(channel) : `# ${channel.name}`;
}

/** Whoever opened the thread has the focus again when it closes, if it is still in here then. */
function useFocusGivenBack(ref) {
  const before = useRef(null);
  before.current ??= { opener: document.activeElement, giveBack: rememberFocus(document) }; // the composer takes it next
  useLayoutEffect(() => {
    const panel = ref.current;
    return () => {
      if (!panel.contains(document.activeElement)) return;
      const { opener, giveBack } = before.current;
      giveBack();
      if (!panel.contains(document.activeElement) && document.activeElement !== document.body) return;
      // The tools of a message are there only while it is pointed at or has the focus.
      const message = opener?.closest("[role=article]");
      if (message?.isConnected) message.focus();
      else focusComposer();
    };
  }, []);
}
