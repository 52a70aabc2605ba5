// One person in the administrators' list: picture, names, tags, status, and what can be done.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { isFixed } from "../../models/user_deeds.js";
import { useChat } from "../context.js";
import { Avatar, IconButton, nameOf, openMenu } from "../parts/parts.js";
import { useAdministration } from "./administration_context.js";
import { deedsFor, personMenu } from "./person_menu.js";
import { resetPassword } from "./reset_password.js";
import { useServerFacts } from "./server_facts.js";

const stateClass = { active: "active", pending: "pending", deactivated: "off" };

export function PersonRow({ user }) {
  const chat = useChat();
  const isMe = user.id === chat.me.value.id;
  return html`<li data-testid="person" data-id=${user.id}>
    <${Avatar} user=${user} size="md" presence=${user.status !== "deactivated"} />
    <div class="names">
      <p class="row"><strong class="clip" dir="auto">${nameOf(user)}</strong>${isMe && html`<span class="muted">${t("admin.you")}</span>`}
        ${user.isAdmin && html`<span class="tag accent">${t("person.admin")}</span>`}${user.role === "bot" && html`<span class="tag">${t("person.bot")}</span>`}
      </p>
      <p class="muted clip"><bdi>@${user.userName}</bdi>${user.email && html` <span aria-hidden="true">·</span> <bdi title=${user.email}>${user.email}</bdi>`}</p>
    </div>
    <span class=${`state ${stateClass[user.status]}`}>${t(`admin.status.${user.status}`)}</span>
    <span class="acts">${!isMe && !isFixed(user) && html`<${Acts} user=${user} />`}</span>
  </li>`;
}

function Acts({ user }) {
  const chat = useChat();
  const { accounts } = useAdministration();
  const name = nameOf(user);
  const deeds = deedsFor(user, useServerFacts());
  const tell = (text) => chat.toasts.show({ text });
  const open = ({ currentTarget }) =>
    openMenu({ anchor: currentTarget, label: t("admin.actionsFor", { name }), align: "end", items: personMenu({ user, chat, accounts, deeds }) });
  return html`
    ${deeds.includes("password") && html`<${IconButton} icon="retry" small data-act="password" label=${t("admin.resetFor", { name })} onClick=${() => resetPassword({ user, accounts, tell })} />`}
    <${IconButton} icon="kebab" small data-act="menu" haspopup="menu" expanded=${false} label=${t("admin.actionsFor", { name })} onClick=${open} />
  `;
}
