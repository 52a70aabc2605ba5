// All tokens, or those of one account: what each acts as, how it was used, and a button that ends it.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { useChat } from "../../context.js";
import { openNewToken } from "../../keys/new_token.js";
import { askToRevoke } from "../../keys/revoke_token.js";
import { Expiry, LastUsed } from "../../keys/usage.js";
import { Button, nameOf, Time } from "../../parts/parts.js";
import { useAdmin } from "../admin_context.js";
import { Holder } from "./holder.js";
import { Part } from "./part.js";
import { useRows } from "./use_rows.js";

const COLUMNS = [
  { id: "name", label: "keys.name" },
  { id: "holder", label: "keys.holder", class: "k-who" },
  { id: "uses", label: "keys.uses", class: "k-n n" },
  { id: "lastUsed", label: "keys.lastUsed", class: "k-t" },
  { id: "created", label: "keys.createdAt", class: "k-t wide" },
  { id: "expires", label: "keys.expires", class: "k-t" },
];
const KINDS = ["token.", "user.", "bot."]; // tokens go with their accounts

export function Tokens({ userId, user }) {
  const admin = useAdmin();
  const list = useRows(KINDS, async ({ ask }, page) => {
    const { tokens, total } = await ask(request.adminListTokens, { ...(userId && { userId }), ...page });
    return { rows: tokens, total };
  });
  const make = async (payload) => {
    const made = userId === null
      ? await admin.ask(request.adminCreateToken, payload)
      : await admin.ask(request.tokenCreate, { ...payload, botId: userId });
    list.refresh();
    return made;
  };
  const open = (title) => () => openNewToken({ title, make, kind: userId === null ? "system" : "bot", forAdministrators: true });
  const newSystem = html`<${Button} small icon="plus" onClick=${open(t("keys.newSystem"))}>${t("keys.newSystem")}<//>`;
  const newOfBot = html`<${Button} small icon="plus" onClick=${open(t("token.titleFor", { name: nameOf(user) }))}>${t("bot.newToken")}<//>`;
  const deeds = userId === null ? newSystem : user?.role === "bot" && newOfBot; // nobody else's can be made here
  return html`<${Part}
    id="tokens" title=${t("keys.tokens")} about=${userId === null && t("keys.tokensAbout")} deeds=${deeds} list=${list}
    columns=${COLUMNS} none=${t("token.none")} row=${(token) => html`<${Cells} token=${token} list=${list} />`}
  />`;
}

function Cells({ token, list }) {
  const { toasts } = useChat();
  const admin = useAdmin();
  const { id, name, kind, userId, createdAt, expiresAt, uses, lastUsedAt } = token;
  const revoke = async () => {
    await admin.ask(request.adminRevokeToken, { tokenId: id });
    list.drop(id);
  };
  return html`
    <td role="cell" class="main-cell"><span class="row key-name">
      <strong class="clip"><bdi title=${name}>${name}</bdi></strong>
      <span class=${kind === "system" ? "tag accent" : "tag"}>${t(`keys.kind.${kind}`)}</span>
    </span></td>
    <td role="cell" class="below"><${Holder} id=${userId} isServer=${kind === "system"} /></td>
    <td role="cell" class="n phone-2">${t("keys.number", { n: uses })}</td>
    <td role="cell" class="soft hide-phone"><${LastUsed} at=${lastUsedAt} /></td>
    <td role="cell" class="soft hide-phone wide"><${Time} at=${createdAt} form="date" /></td>
    <td role="cell" class="soft hide-phone"><${Expiry} at=${expiresAt} /></td>
    <td role="cell" class="acts"><${Button} small class="calm" aria-label=${t("token.revokeOf", { name })} onClick=${() => askToRevoke({ token, revoke, toasts })}>${t("token.revoke")}<//></td>
  `;
}
