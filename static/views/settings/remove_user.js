// Deleting somebody for good: what is kept and what goes, what can be saved before, and the name typed to the letter.
import { download } from "../../lib/download.js";
import { html, useEffect, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_keys.js";
import { useChat } from "../context.js";
import { openHandOver } from "../keys/hand_over_bots.js";
import { Button, Dialog, Icon, nameOf, Notice, openDialog, Select, Switch } from "../parts/parts.js";
import { askToDeactivate } from "./deactivate.js";
import { useAdministrator, useSubject } from "./dialog_end.js";
import { useDeed } from "./form.js";
import { TypedName } from "./leave.js";
import { Made } from "./made.js";

const ERASURES = ["keep", "unlink", "delete"];

/** `tell(text)` says what was done. */
export function removeUser({ user, accounts, tell }) {
  return openDialog(RemoveUser, { user, accounts, tell });
}

function RemoveUser({ user, accounts, tell, close }) {
  const { isBusy, run } = useDeed();
  const [erasure, setErasure] = useState("keep");
  const [withChannels, setWithChannels] = useState(false);
  const [typed, setTyped] = useState("");
  const [preview, look] = usePreview(accounts, user.id);
  useAdministrator(close);
  useSubject(user, close, { isBusy });
  const name = nameOf(user);
  const reason = preview?.lastAdmin ? t("error.last_admin") : typed !== user.userName && t("leave.typeFirst", { name: user.userName });
  const remove = async () => {
    const isDone = await run(async () => {
      const n = await accounts.remove(user.id, { messageErasure: erasure, deleteChannels: withChannels }, typed);
      tell(n ? t("remove.doneWindows", { name, n }) : t("remove.done", { name }));
    });
    if (isDone) close();
  };
  const pause = () => {
    close();
    askToDeactivate({ user, accounts, tell });
  };
  const hint = user.status !== "deactivated" && html`${t("remove.onlyPausing")} <button type="button" class="link" onClick=${pause}>${t("remove.deactivateInstead")}</button>`;
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="danger" busy=${isBusy} disabledReason=${reason}>${t("remove.deed")}<//>
  `;
  return html`<${Dialog}
    title=${t("remove.title", { name })} description=${t("remove.about")} footerHint=${hint} actions=${actions}
    onSubmit=${() => reason || remove()} testid="remove-user"
  >
    ${preview?.lastAdmin && html`<${Notice} kind="warn" icon="alert">${t("error.last_admin")}<//>`}
    <${Select} label=${t("remove.messages")} name="erasure" value=${erasure} onChange=${setErasure} options=${ERASURES.map((value) => ({ value, label: t(`remove.${value}`) }))} />
    ${preview?.counts.madeChannels > 0 && html`<${Channels} counts=${preview.counts} checked=${withChannels} onChange=${setWithChannels} />`}
    <${Consequences} erasure=${erasure} withChannels=${withChannels} counts=${preview?.counts ?? {}} heirs=${preview?.heirs ?? []} />
    ${user.isAdmin && html`<${Made} user=${user} accounts=${accounts} onTaken=${look} />`}
    <${Before} user=${user} accounts=${accounts} bots=${preview?.counts.bots ?? 0} onChanged=${look} />
    <${TypedName} name=${user.userName} value=${typed} onInput=${setTyped} data-autofocus />
  <//>`;
}

/** Off, as others may have written there, too. */
function Channels({ counts: { othersWroteIn: n }, checked, onChange }) {
  return html`<${Switch} label=${t("remove.channels")} hint=${n ? t("remove.channelsHint", { n }) : t("remove.channelsOwn")} name="channels" checked=${checked} onChange=${onChange} />`;
}

/** What one may want to have done before; the dialog stays. */
function Before({ user, accounts, bots, onChanged }) {
  const { isBusy, run } = useDeed();
  const save = () => run(async () => download(await accounts.exportUser(user.id)));
  const handOver = () => openHandOver({ ask: accounts.ask, owner: user, bot: null, onDone: onChanged });
  if (user.role === "bot") return null;
  return html`<div class="row wrap">
    <${Button} small icon="download" busy=${isBusy} onClick=${save}>${t("remove.exportFirst")}<//>
    ${bots > 0 && html`<${Button} small icon="bot" aria-haspopup="dialog" onClick=${handOver}>${t("remove.handOver", { n: bots })}<//>`}
  </div>`;
}

/** What hangs on the account, once the server has said it, and a way to look again; null until then. */
function usePreview(accounts, userId) {
  const { people } = useChat();
  const [preview, setPreview] = useState(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const show = (found) => {
      if (!isWanted) return;
      people.need(found.heirs.map(({ heirId }) => heirId).filter(Boolean));
      setPreview(found);
    };
    accounts.preview(userId).then(show, () => {}); // the numbers are a courtesy: the deed is refused or not without them
    return () => (isWanted = false);
  }, [userId, looks]);
  return [preview, () => setLooks(looks + 1)];
}

function Consequences({ erasure, withChannels, counts, heirs }) {
  const { messages, directConversations, madeChannels, sessions, bots, tokens } = counts;
  return html`<div class="erase"><table>
    <thead><tr><th scope="col">${t("remove.what")}</th><th scope="col" class="n">${t("remove.howMany")}</th><th scope="col">${t("remove.happens")}</th></tr></thead>
    <tbody>
      <${Consequence} what=${t("remove.row.messages")} n=${messages} happens=${t(`remove.happens.${erasure}`)} isKept=${erasure !== "delete"} />
      ${directConversations > 0 && html`<${Consequence} what=${t("remove.row.direct")} n=${directConversations} happens=${t("remove.happens.leaves")} />`}
      ${madeChannels > 0 && html`<${Consequence} what=${t("remove.row.made")} n=${madeChannels} happens=${t(`remove.happens.${withChannels ? "delete" : "keep"}`)} isKept=${!withChannels} />`}
      ${(withChannels ? [] : heirs).map((heir) => html`<${Inheritance} key=${heir.channelId} heir=${heir} />`)}
      <${Consequence} what=${t("remove.row.sessions")} n=${sessions} happens=${t("remove.happens.ended")} />
      ${bots > 0 && html`<${Consequence} what=${t("remove.row.bots")} n=${bots} happens=${t("remove.happens.erased")} />`}
      ${tokens > 0 && html`<${Consequence} what=${t("remove.row.tokens")} n=${tokens} happens=${t("remove.happens.erased")} />`}
      <${Consequence} what=${t("remove.row.account")} happens=${t("remove.happens.erased")} />
    </tbody>
  </table></div>`;
}

/** A private channel that only this person could manage, and who will. */
function Inheritance({ heir: { name, heirId } }) {
  const heir = useChat().people.get(heirId);
  const happens = heirId === null ? t("remove.happens.noHeir") : t("remove.happens.inherited", { name: nameOf(heir) });
  return html`<${Consequence} what=${t("remove.row.channel", { name })} happens=${happens} isKept />`;
}

function Consequence({ what, n, happens, isKept = false }) {
  return html`<tr class=${isKept ? "kept" : "gone"}>
    <th scope="row">${what}</th><td class="n">${n === undefined ? "" : t("admin.number", { n })}</td>
    <td><span><${Icon} name=${isKept ? "check" : "trash"} small />${happens}</span></td>
  </tr>`;
}
