// The middle column: bar, banner, messages, composer, or what stands there when there is no channel to show.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { routeOf } from "../../models/route.js";
import { Composer } from "../composer/composer.js";
import { useChat } from "../context.js";
import { CreateChannel } from "../later.js";
import { Button, Empty, Skeleton, openDialog } from "../parts/parts.js";
import { Stream } from "../stream/stream.js";
import { Back, Bar } from "./bar.js";
import { Banner } from "./banner.js";
import { homeOf } from "./channel_deeds.js";
import { useDerived } from "./derived.js";
import { usePlace } from "./place_context.js";
import { Shield } from "./shield.js";
import { isNarrow } from "./width.js";

export function Conversation() {
  const chat = useChat();
  const channelId = chat.open.channelId.value;
  const channel = chat.open.channel.value;
  const synced = chat.channels.synced.value;
  if (channel) return html`<${Room} key=${channelId} channel=${channel} />`;
  if (channelId === null && isNarrow.value) return html`<${BesideList} />`;
  return html`<main class="main" data-region="main" aria-labelledby="room-title">
    <header class="bar" data-region="bar"><${Back} /><h1 id="room-title" class="vh">${t("shell.channel")}</h1><span class="grow"></span><${Shield} /></header>
    <${Banner} />
    ${!synced && html`<${Skeleton} rows=${5} label=${t("shell.loading")} />`}
    ${synced && html`<${Nowhere} isGone=${channelId !== null} />`}
  </main>`;
}

/** A phone's list is a screen of its own: what remains of the middle names the page. */
function BesideList() {
  const { name } = useChat().server.value;
  return html`<main class="vh" data-region="main" aria-labelledby="room-title"><h1 id="room-title">${name}</h1></main>`;
}

function Room({ channel }) {
  const chat = useChat();
  return html`<main class="main" data-region="main" aria-labelledby="room-title">
    <${Bar} channel=${channel} />
    <${Banner} />
    <${Stream} timeline=${chat.timeline(channel.id)} channel=${channel} thread=${null} />
    <${Composer} channel=${channel} threadId=${null} />
  </main>`;
}

/** A channel that is gone, with the way back; or no channel at all. */
function Nowhere({ isGone }) {
  const chat = useChat();
  const place = usePlace();
  const home = useDerived(() => (chat.channels.list.value, homeOf(chat)), [chat]);
  if (isGone && home) {
    const goHome = html`<${Button} onClick=${() => place.go(routeOf(home.id))}>
      ${t("channel.gone.action", { name: home.name })}
    <//>`;
    return html`<${Nothing} kind="gone" action=${goHome} />`;
  }
  const create = html`<${Button} kind="primary" icon="plus" onClick=${() => openDialog(CreateChannel, { place })}>
    ${t("channel.none.action")}
  <//>`;
  return html`<${Nothing} kind="none" action=${create} />`;
}

function Nothing({ kind, action }) {
  const words = { title: t(`channel.${kind}.title`), text: t(`channel.${kind}.text`) };
  return html`<${Empty} art=${kind === "gone" ? "gone" : "channels"} ...${words} action=${action} />`;
}
