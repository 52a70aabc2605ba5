// Links by which people register themselves: how often each was used, until when it works, and taking it back.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { shortDate } from "../../../lib/time.js";
import { request } from "../../../models/frames.js";
import { useChat } from "../../context.js";
import { Expiry } from "../../keys/usage.js";
import { Button, openDialog, Time } from "../../parts/parts.js";
import { ask } from "../../settings/ask.js";
import { useAdmin } from "../admin_context.js";
import { Holder } from "./holder.js";
import { NewJoinLink } from "./new_join_link.js";
import { Part } from "./part.js";
import { useRows } from "./use_rows.js";

const COLUMNS = [
  { id: "created", label: "keys.createdAt" },
  { id: "createdBy", label: "keys.createdBy", class: "k-who" },
  { id: "uses", label: "joinLink.uses", class: "k-n n" },
  { id: "expires", label: "keys.expires", class: "k-t" },
];

export function JoinLinks() {
  const list = useRows(["link.", "user."], async (admin) => {
    const { links } = await admin.ask(request.adminListLinks, {});
    return { rows: links, total: links.length };
  });
  const make = () => openDialog(NewJoinLink, { onMade: () => list.refresh() });
  return html`<${Part}
    id="join-links" title=${t("joinLink.title")} about=${t("joinLink.about")} list=${list} columns=${COLUMNS} none=${t("joinLink.none")}
    deeds=${html`<${Button} small icon="plus" onClick=${make}>${t("joinLink.new")}<//>`}
    row=${(link) => html`<${Cells} link=${link} list=${list} />`}
  />`;
}

function Cells({ link: { id, createdAt, createdBy, expiresAt, used, usesLeft }, list }) {
  const { toasts } = useChat();
  const admin = useAdmin();
  const revoke = async () => {
    await admin.ask(request.adminDeleteLink, { linkId: id });
    list.drop(id);
    toasts.show({ text: t("joinLink.revoked") });
  };
  const question = { title: t("joinLink.revokeTitle"), body: t("joinLink.revokeBody"), deed: t("token.revoke"), run: revoke };
  const uses = usesLeft === null ? t("keys.number", { n: used }) : t("joinLink.usesOf", { used, all: used + usesLeft });
  return html`
    <td role="cell" class="main-cell"><strong><${Time} at=${createdAt} /></strong></td>
    <td role="cell" class="below"><${Holder} id=${createdBy} /></td>
    <td role="cell" class="n phone-2">${uses}</td>
    <td role="cell" class="soft phone-3"><${Expiry} at=${expiresAt} /></td>
    <td role="cell" class="acts"><${Button} small class="calm" aria-label=${t("joinLink.revokeOf", { day: shortDate(createdAt) })} onClick=${() => ask(question)}>${t("token.revoke")}<//></td>
  `;
}
