// The right panel of a thread: its first message, the replies, and a composer of its own. The list itself is stream.js.
import { html, useEffect, useId, useLayoutEffect, useMemo, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Composer } from "../composer/composer.js";
import { focusComposer } from "../composer/focus.js";
import { useChat } from "../context.js";
import { IconButton, rememberFocus } from "../parts/parts.js";
import { usePlace } from "../shell/place_context.js";
import { Stream } from "./stream.js";

/** Nothing while no thread is open. */
export function ThreadPanel() {
  const { open } = useChat();
  const rootId = open.threadId.value;
  const channel = open.channel.value;
  return rootId && channel && html`<${Panel} key=${rootId} rootId=${rootId} channel=${channel} />`;
}

function Panel({ rootId, channel }) {
  const chat = useChat();
  const place = usePlace();
  const id = useId();
  const heading = useRef(null);
  const timeline = chat.thread(rootId);
  const close = () => place.closePanel();
  useFocusGivenBack(heading);
  useEffect(() => {
    timeline.load();
  }, [timeline]);
  const onKeyDown = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return html`<aside class="panel thread" data-region="panel" data-testid="thread-panel" aria-labelledby=${id} onKeyDown=${onKeyDown}>
    <header>
      <${IconButton} icon="left" class="panel-back" label=${t("shell.back.channel")} onClick=${close} />
      <h2 id=${id} tabindex="-1" ref=${heading}>${t("thread.title")}</h2>
      <p class="clip grow"><bdi>${placeOf(chat, channel)}</bdi></p>
      <${IconButton} icon="close" class="panel-close" label=${t("thread.close")} title=${t("thread.closeTip")} onClick=${close} />
    </header>
    <${Stream} timeline=${timeline} channel=${channel} thread=${timeline.root.value} />
    <${Composer} channel=${channel} threadId=${rootId} />
  </aside>`;
}

function placeOf(chat, channel) {
  return channel.kind === "dm" ? chat.channels.title(channel) : `# ${channel.name}`;
}

/** The panel is entered when it opens. Whoever opened it has the focus again when it closes, if it is still in here. */
function useFocusGivenBack(heading) {
  const giveBack = useMemo(() => rememberOpener(), []); // now: after this the composer takes the focus
  useLayoutEffect(() => {
    const panel = heading.current.closest(".panel");
    if (!panel.contains(document.activeElement)) heading.current.focus({ preventScroll: true });
    return () => {
      if (panel.contains(document.activeElement) || document.activeElement === document.body) giveBack();
    };
  }, []);
}

/** The tools of a message are there only while it is pointed at or has the focus: then the message itself gets it. */
function rememberOpener() {
  const giveBack = rememberFocus(document);
  const opener = document.activeElement;
  const message = opener?.closest("[role=article]");
  return () => {
    if (opener?.isConnected && opener !== document.body) opener.focus();
    if (document.activeElement === opener && opener !== document.body) return;
    if (message?.isConnected) message.focus();
    else if (opener !== document.body) giveBack();
    else focusComposer();
  };
}
