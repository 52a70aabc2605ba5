// The panel at the right that lists a channel's members. Bringing people in is add_people.js's, a row member_row.js's.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { canAddMembers } from "../../models/channel_rights.js";
import { folded } from "../../models/jump.js";
import { useChat } from "../context.js";
import { Button, IconButton, Notice, Skeleton, nameOf, openDialog, rememberFocus } from "../parts/parts.js";
import { AddPeople } from "./add_people.js";
import { MemberRow } from "./member_row.js";
import { usePlace } from "./place_context.js";
import { useMembers } from "./use_members.js";

const WORTH_FILTERING = 12;

export function MembersPanel({ channel }) {
  const place = usePlace();
  const heading = useRef(null);
  const [query, setQuery] = useState("");
  const page = useMembers(channel);
  const { members, total, error, isLoading, loadMore } = page;
  const isCut = members !== null && members.length < total;
  useFocusInside(heading);
  useEffect(() => {
    if (query && isCut && !isLoading && !error) loadMore(); // a filter looks at everybody
  }, [query, isCut, isLoading]);
  const close = () => place.closePanel();
  return html`<aside
    class="panel members" data-region="panel" data-testid="members-panel" aria-labelledby="members-title"
  >
    <header>
      <${IconButton} icon="left" class="panel-back" label=${t("shell.back.channel")} onClick=${close} />
      <h2 id="members-title" tabindex="-1" ref=${heading}>${t("members.title")}</h2>
      <p class="num">${total === null ? "" : total}</p>
      <${IconButton} icon="close" class="panel-close" label=${t("members.close")} onClick=${close} />
    </header>
    <div class="scroll">
      <${Head} channel=${channel} members=${members} total=${total} query=${query} setQuery=${setQuery} />
      ${error && html`<${Failed} retry=${page.reload} />`}
      ${!members && !error && html`<${Skeleton} />`}
      ${members && html`<${List} members=${members} channel=${channel} query=${query} />`}
      ${isCut && !query && html`<div class="members-more">
        <${Button} busy=${isLoading} onClick=${loadMore}>${t("members.more", { n: total - members.length })}<//>
      </div>`}
    </div>
  </aside>`;
}

/** The filter, where there are many to look through, and the button for who may add. */
function Head({ channel, members, total, query, setQuery }) {
  const chat = useChat();
  const isLong = total > WORTH_FILTERING;
  const mayAdd = canAddMembers(channel, chat.me.value);
  const add = () => openDialog(AddPeople, { channelId: channel.id, without: members?.map(({ id }) => id) ?? [] });
  const onKeyDown = (event) => {
    if (event.key !== "Escape" || query === "") return; // the next one closes the panel
    event.preventDefault();
    setQuery("");
  };
  if (!isLong && !mayAdd) return null;
  return html`<div class="members-head">
    ${isLong && html`<input
      class="input" type="search" dir="auto" aria-label=${t("members.filter")} placeholder=${t("members.filter")}
      value=${query} onInput=${(event) => setQuery(event.currentTarget.value)} onKeyDown=${onKeyDown}
    />`}
    ${mayAdd && html`<${Button} icon="user-plus" onClick=${add}>${t("members.add")}<//>`}
  </div>`;
}

function List({ members, channel, query }) {
  const chat = useChat();
  const shown = members.filter((user) => isStillThere(chat, user) && fits(user, query));
  if (!shown.length) return html`<p class="nobody" role="status">${t("members.none")}</p>`;
  return html`<ul class="people" aria-label=${t("members.title")}>
    ${shown.map((user) => html`<${MemberRow} key=${user.id} user=${user} channel=${channel} />`)}
  </ul>`;
}

function Failed({ retry }) {
  const again = html`<button type="button" class="link" onClick=${retry}>${t("common.retry")}</button>`;
  return html`<div class="loaderr">
    <${Notice} kind="danger" icon="alert" action=${again}>${t("members.failed")}<//>
  </div>`;
}

/** Who is deactivated or removed is no member any more; nothing says so but the user's own event. */
function isStillThere(chat, { id }) {
  const known = chat.people.get(id);
  return !known || (!known.removed && known.status !== "deactivated");
}

function fits(user, query) {
  const sought = folded(query.trim()).text;
  const names = [nameOf(user), user.userName, user.nickname ?? ""];
  return !sought || names.some((name) => folded(name).text.includes(sought));
}

/** The panel is entered when it opens, and left to where one came from. */
function useFocusInside(ref) {
  useLayoutEffect(() => {
    const giveBack = rememberFocus(ref.current.ownerDocument);
    const panel = ref.current.closest(".panel");
    ref.current.focus({ preventScroll: true });
    return () => {
      const { activeElement, body } = panel.ownerDocument;
      if (panel.contains(activeElement) || activeElement === body) giveBack();
    };
  }, []);
}
