// All channels one may see: joined or not, open or archived. Creating one is create_channel.js's.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { folded } from "../../models/jump.js";
import { useChat } from "../context.js";
import { Button, Dialog, Empty, Field, Icon, Segments, openDialog } from "../parts/parts.js";
import { join } from "./channel_deeds.js";
import { CreateChannel } from "./create_channel.js";
import { goFrom } from "./going.js";

const MOST_SHOWN = 100; // of thousands nobody reads more; a letter narrows them

export function BrowseChannels({ place, close }) {
  const chat = useChat();
  const [query, setQuery] = useState("");
  const [which, setWhich] = useState("open");
  const wanted = which === "archived";
  const fit = visible(chat).filter((channel) => (channel.archivedAt !== null) === wanted && fits(channel, query));
  const create = () => {
    close();
    openDialog(CreateChannel, { place, name: query.trim() });
  };
  const go = (channel) => goFrom(close, place, channel.id);
  const rowOf = (channel) => html`<${Row} key=${channel.id} channel=${channel} go=${go} enter=${enter} />`;
  const enter = (channel) => {
    go(channel);
    join({ chat, place, channel });
  };
  return html`<${Dialog}
    title=${t("browse.title")} wide testid="browse-channels" class="tall"
    footerHint=${html`<span role="status">${t("browse.count", { n: fit.length })}</span>`}
    actions=${html`<${Button} icon="plus" onClick=${create}>${t("browse.create")}<//>`}
  >
    <div class="browse-head">
      <${Field}
        class="grow" label=${t("browse.filter")} type="search" value=${query}
        onInput=${(event) => setQuery(event.currentTarget.value)}
      />
      <${Segments}
        label=${t("browse.which")} value=${which} onChange=${setWhich}
        options=${["open", "archived"].map((value) => ({ value, label: t(`browse.${value}`) }))}
      />
    </div>
    ${!fit.length && html`<${Nothing} isArchived=${wanted && !query} />`}
    <ul class="browse" tabindex="-1">
      ${fit.slice(0, MOST_SHOWN).map(rowOf)}
    </ul>
    ${fit.length > MOST_SHOWN && html`<p class="hint">${t("browse.more", { n: fit.length - MOST_SHOWN })}</p>`}
  <//>`;
}

function Row({ channel, go, enter }) {
  const { name, topic, memberCount } = channel;
  const canJoin = !channel.joined && channel.kind === "public" && channel.archivedAt === null;
  const size = t("shell.members", { n: memberCount });
  return html`<li data-testid="browse-row" data-id=${channel.id}>
    <button type="button" class="browse-name" onClick=${() => go(channel)}>
      <${Icon} name=${channel.kind === "private" ? "lock" : "hash"} />
      <span class="grow">
        <strong class="clip"><bdi>${name}</bdi></strong>
        <small class="clip"><span class="num">${size}</span>${topic && html` · <bdi>${topic}</bdi>`}</small>
      </span>
    </button>
    ${channel.joined && html`<span class="tag success"><${Icon} name="check" small />${t("browse.joined")}</span>`}
    ${canJoin && html`<${Button} small aria-label=${t("browse.joinNamed", { name })} onClick=${() => enter(channel)}>
      ${t("browse.join")}
    <//>`}
  </li>`;
}

function Nothing({ isArchived }) {
  if (isArchived) return html`<${Empty} art="search" level=${3} title=${t("browse.noneArchived")} />`;
  return html`<${Empty} art="search" level=${3} title=${t("browse.none")} text=${t("browse.noneText")} />`;
}

/** What the reader may see is all known here, and comes and goes live. */
function visible(chat) {
  const known = chat.channels.ids.value.map((id) => chat.channels.get(id));
  return known.filter((channel) => channel && channel.kind !== "dm").sort((a, b) => a.name.localeCompare(b.name));
}

function fits({ name, topic }, query) {
  const sought = folded(query.trim()).text;
  return !sought || folded(name).text.includes(sought) || folded(topic).text.includes(sought);
}
