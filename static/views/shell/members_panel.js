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
  const chat = useChat();
  const place = usePlace();
  const heading = useRef(null);
  const [query, setQuery] = useState("");
  const { members, total, error, isLoading, loadMore, reload } = useMembers(channel);
  useFocusInside(heading);
  useEffect(() => {
    if (query && members && members.length < total && !isLoading && !error) loadMore(); // a filter looks at everybody
  }, [query, members, total, isLoading]);
  const add = () => openDialog(AddPeople, { channelId: channel.id, without: members?.map(({ id }) => id) ?? [] });
  const shown = members?.filter((user) => fits(user, query));
  return html`<aside class="panel members" data-region="panel" data-testid="members-panel" aria-labelledby="members-title">
    <header>
      <${IconButton} icon="left" class="panel-back" label=${t("shell.back.channel")} onClick=${() => place.closePanel()} />
      <h2 id="members-title" tabindex="-1" ref=${heading}>${t("members.title")}</h2>
      <p class="num">${total === null ? "" : total}</p>
      <${IconButton} icon="close" class="panel-close" label=${t("members.close")} onClick=${() => place.closePanel()} />
    </header>
    <div class="scroll">
      ${(canAddMembers(channel, chat.me.value) || total > WORTH_FILTERING) && html`<div class="members-head">
        ${total > WORTH_FILTERING && html`<input
          class="input" type="search" dir="auto" aria-label=${t("members.filter")} placeholder=${t("members.filter")}
          value=${query} onInput=${(event) => setQuery(event.currentTarget.value)}
        />`}
        ${canAddMembers(channel, chat.me.value) && html`<${Button} icon="user-plus" onClick=${add}>${t("members.add")}<//>`}
      </div>`}
      ${error && html`<div class="loaderr"><${Notice}
        kind="danger" icon="alert" action=${html`<button type="button" class="link" onClick=${reload}>${t("common.retry")}</button>`}
      >${t("members.failed")}<//></div>`}
      ${!members && !error && html`<${Skeleton} />`}
      ${shown && html`<ul class="people" aria-label=${t("members.title")}>
        ${shown.map((user) => html`<${MemberRow} key=${user.id} user=${user} channel=${channel} />`)}
      </ul>`}
      ${shown && !shown.length && html`<p class="nobody" role="status">${t("members.none")}</p>`}
      ${members && !query && members.length < total && html`<div class="members-more">
        <${Button} busy=${isLoading} onClick=${loadMore}>${t("members.more", { n: total - members.length })}<//>
      </div>`}
    </div>
  </aside>`;
}

function fits(user, query) {
  const sought = folded(query.trim()).text;
  return !sought || [nameOf(user), user.userName, user.nickname ?? ""].some((name) => folded(name).text.includes(sought));
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
