// The Users page: everybody who has an account, live, page by page. What is done to one person is in its own files.
import { html, useEffect, useMemo } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Accounts } from "../../models/accounts.js";
import { Administration } from "../../models/administration.js";
import { Ticks } from "../../models/ticks.js";
import { isFixed } from "../../models/user_deeds.js";
import { useChat } from "../context.js";
import { Button, openDialog } from "../parts/parts.js";
import { AdministrationContext, useAdministration } from "../settings/administration_context.js";
import { Pager, Tabs, Trouble, useSpokenResults } from "../settings/people_list.js";
import { Seats } from "../settings/seats.js";
import { useServerFacts } from "../settings/server_facts.js";
import { useLive } from "./admin_context.js";
import { Invite } from "./invite.js";
import { PageFrame } from "./page_frame.js";
import { UserFilters } from "./user_filters.js";
import { UserForm } from "./user_form.js";
import { UserInfo } from "./user_info.js";
import { UserSelection } from "./user_selection.js";
import { useUserKeys } from "./user_keys.js";
import { UserTable } from "./user_table.js";

/** `path`: nothing, [id] for the panel beside the list, [id, "edit"] for the form; "new" is the id of who is to come. */
export function UsersPage({ admin, path: [id, deed] }) {
  const administration = useUsers(admin);
  useLive(["users", "sessions"], () => administration.list.load(), taker(administration.list));
  return html`<${AdministrationContext.Provider} value=${administration}>
    ${deed === "edit" ? html`<${UserForm} key=${id} id=${id === "new" ? null : id} />` : html`<${Directory} admin=${admin} shown=${id} />`}
  <//>`;
}

function useUsers(admin) {
  const administration = useMemo(() => {
    const list = new Administration({ ask: admin.ask, clock: admin.clock });
    return { list, accounts: new Accounts({ ask: admin.ask, list }) };
  }, [admin]);
  useEffect(() => () => administration.list.close(), [administration]);
  return administration;
}

/** What is new with a person is shown at once where he stands; who comes and goes changes the numbers. */
function taker(list) {
  return ({ change, user }, topic) => {
    if (topic === "sessions") list.refresh(QUIET_MS);
    else if (change === "removed") list.drop(user.id);
    else list.put(user);
  };
}

const QUIET_MS = 2000; // sign-ins come many at a time, and only numbers change with them

function Directory({ admin, shown }) {
  const { list } = useAdministration();
  const keys = useUserKeys(admin);
  const { me } = useChat();
  const ticks = useMemo(() => new Ticks(list.users, (user) => user.id !== me.peek().id && !isFixed(user)), [list]);
  const isTicked = ticks.users.value.length > 0;
  useSpokenResults(list);
  return html`
    <${PageFrame} title=${t("panel.users")} beside=${html`<${Seats} />`} deeds=${html`<${Deeds} admin=${admin} />`} class="users-page">
      <div class="users-body" ...${keys}>
        <${Tabs} list=${list} />
        ${isTicked ? html`<${UserSelection} ticks=${ticks} />` : html`<${UserFilters} list=${list} />`}
        <${Trouble} list=${list} />
        <${UserTable} shown=${shown} ticks=${ticks} />
        <${Pager} list=${list} />
      </div>
    <//>
    ${shown && html`<${UserInfo} key=${shown} id=${shown} />`}
  `;
}

function Deeds({ admin }) {
  const administration = useAdministration();
  const { hasEmail } = useServerFacts();
  const { list } = administration;
  const reason = list.isFull.value && t("seats.full", { max: list.seats.value.max });
  return html`
    ${hasEmail && html`<${Button} icon="mail" disabledReason=${reason} onClick=${() => openDialog(Invite, { administration })}>${t("users.invite")}<//>`}
    <${Button} icon="user-plus" kind="primary" data-act="new" disabledReason=${reason} onClick=${() => admin.go("users", "new", "edit")}>${t("users.new")}<//>
  `;
}
