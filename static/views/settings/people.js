// The people of the server, for administrators: seats, Add User, and the list. It follows what others do while it is open.
import { effect, html, untracked, useEffect, useMemo } from "../../lib/ui.js";
import { Accounts } from "../../models/accounts.js";
import { Administration } from "../../models/administration.js";
import { event } from "../../models/frames.js";
import { useChat } from "../context.js";
import { AddUser } from "./add_user.js";
import { AdministrationContext } from "./administration_context.js";
import { provingAsk } from "./one_more_check.js";
import { PeopleList } from "./people_list.js";
import { Seats } from "./seats.js";

const FOLLOWED = [event.userCreated, event.userUpdated, event.userRemoved, event.presenceChanged];

export function People() {
  const administration = useLiveAdministration();
  return html`<${AdministrationContext.Provider} value=${administration}>
    <${Seats} />
    <${AddUser} />
    <${PeopleList} />
  <//>`;
}

function useLiveAdministration() {
  const chat = useChat();
  const administration = useMemo(() => {
    const list = new Administration({ ask: chat.ask, clock: chat.clock });
    return { list, accounts: new Accounts({ ask: provingAsk(chat), list }) };
  }, []);
  useEffect(() => {
    const { list } = administration;
    const offs = FOLLOWED.map((name) => chat.on(name, (payload, frame) => list.take(frame)));
    // After a loss nothing tells what was missed: look anew.
    offs.push(effect(() => chat.connection.state.value === "up" && untracked(() => void list.load())));
    return () => {
      for (const off of offs) off();
      list.close();
    };
  }, []);
  return administration;
}
