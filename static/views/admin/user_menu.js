// The menu of one user, at the end of the row and under the picture. What stands in it is models/user_deeds.js's.
import { html } from "../../lib/ui.js";
import { userDeeds } from "../../models/user_deeds.js";
import { useChat } from "../context.js";
import { IconButton, openMenu } from "../parts/parts.js";
import { useAdministration } from "../settings/administration_context.js";
import { personMenu } from "../settings/person_menu.js";
import { useServerFacts } from "../settings/server_facts.js";
import { useAdmin } from "./admin_context.js";
import { useTell } from "./use_tell.js";

export function UserMenuButton({ user, label, small = false }) {
  const chat = useChat();
  const admin = useAdmin();
  const say = useTell();
  const { accounts } = useAdministration();
  const { hasEmail } = useServerFacts();
  const more = { view: () => admin.go("users", user.id), edit: () => admin.go("users", user.id, "edit") };
  const tell = (text) => say(text, user.id);
  const open = ({ currentTarget }) => {
    const deeds = userDeeds(user, { isMe: user.id === chat.me.peek().id, hasEmail });
    openMenu({ anchor: currentTarget, label, align: "end", items: personMenu({ user, chat, accounts, deeds, more, tell }) });
  };
  return html`<${IconButton} icon="kebab" small=${small} data-act="menu" haspopup="menu" expanded=${false} label=${label} onClick=${open} />`;
}
