// Deleting somebody for good: what is kept and what goes, and the name typed to the letter.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Dialog, Icon, nameOf, openDialog, Select } from "../parts/parts.js";
import { askToDeactivate, useOpen } from "./deactivate.js";
import { useAdministrator, useSubject } from "./dialog_end.js";
import { useDeed } from "./form.js";
import { TypedName } from "./leave.js";

const ERASURES = ["keep", "unlink", "delete"];

export function removeUser({ user, accounts }) {
  return openDialog(RemoveUser, { user, accounts });
}

function RemoveUser({ user, accounts, close }) {
  const chat = useChat();
  const { isBusy, run } = useDeed();
  const [erasure, setErasure] = useState("keep");
  const [typed, setTyped] = useState("");
  const open = useOpen(accounts, user.id);
  useAdministrator(close);
  useSubject(user, close, { isBusy });
  const name = nameOf(user);
  const isNamed = typed === user.userName;
  const remove = async () => {
    const isDone = await run(async () => {
      const n = await accounts.remove(user.id, erasure, typed);
      chat.toasts.show({ text: n ? t("remove.doneWindows", { name, n }) : t("remove.done", { name }) });
    });
    if (isDone) close();
  };
  const pause = () => {
    close();
    askToDeactivate({ user, chat, accounts });
  };
  const hint = user.status !== "deactivated" && html`${t("remove.onlyPausing")} <button type="button" class="link" onClick=${pause}>${t("remove.deactivateInstead")}</button>`;
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="danger" busy=${isBusy} disabledReason=${!isNamed && t("leave.typeFirst", { name: user.userName })}>${t("remove.deed")}<//>
  `;
  return html`<${Dialog}
    title=${t("remove.title", { name })} description=${t("remove.about")} footerHint=${hint} actions=${actions}
    onSubmit=${() => isNamed && remove()} testid="remove-user"
  >
    <${Select} label=${t("remove.messages")} name="erasure" value=${erasure} onChange=${setErasure} options=${ERASURES.map((value) => ({ value, label: t(`remove.${value}`) }))} />
    <${Consequences} erasure=${erasure} sessions=${open?.sessions ?? user.counts?.sessions} />
    <${TypedName} name=${user.userName} value=${typed} onInput=${setTyped} data-autofocus />
  <//>`;
}

function Consequences({ erasure, sessions }) {
  return html`<div class="erase"><table>
    <thead><tr><th scope="col">${t("remove.what")}</th><th scope="col" class="n">${t("remove.howMany")}</th><th scope="col">${t("remove.happens")}</th></tr></thead>
    <tbody>
      <${Consequence} what=${t("remove.row.messages")} happens=${t(`remove.happens.${erasure}`)} isKept=${erasure !== "delete"} />
      <${Consequence} what=${t("remove.row.channels")} happens=${t("remove.happens.leaves")} />
      <${Consequence} what=${t("remove.row.sessions")} n=${sessions} happens=${t("remove.happens.ended")} />
      <${Consequence} what=${t("remove.row.account")} happens=${t("remove.happens.erased")} />
    </tbody>
  </table></div>`;
}

function Consequence({ what, n, happens, isKept = false }) {
  return html`<tr class=${isKept ? "kept" : "gone"}>
    <th scope="row">${what}</th><td class="n">${n === undefined ? "" : t("admin.number", { n })}</td>
    <td><span><${Icon} name=${isKept ? "check" : "trash"} small />${happens}</span></td>
  </tr>`;
}
