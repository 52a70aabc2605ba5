// The form of a user, an existing one (`id`) or a new one: all that an administrator can set. The password's part is
// user_password.js. Only what was touched is sent; all else follows the account while the form is open.
import { html, useEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { userChanges } from "../../models/user_changes.js";
import { Button, Empty, FieldError, nameOf, Notice, Skeleton } from "../parts/parts.js";
import { useAdministration } from "../settings/administration_context.js";
import { staying, useForm } from "../settings/form.js";
import { useServerFacts } from "../settings/server_facts.js";
import { HandOver } from "../settings/hand_over.js";
import { useUnsaved } from "../settings/unsaved.js";
import { useAdmin } from "./admin_context.js";
import { PageFrame } from "./page_frame.js";
import { saveUser } from "./save_user.js";
import { useTell } from "./use_tell.js";
import { useUser } from "./use_user.js";
import { AboutFields, AccountFields, PictureFields, SessionFields } from "./user_fields.js";
import { NO_PASSWORD, passwordFaults, UserPassword } from "./user_password.js";

const FIELDS = ["displayName", "userName", "email", "password", "repeated", "sessionLimit", "nickname", "extension", "statusMessage", "timezone", "bio"];

export function UserForm({ id }) {
  const admin = useAdmin();
  const { user, isGone } = useUser(id);
  const [made, setMade] = useState(null);
  const title = id === null ? t("form.newTitle") : user ? t("form.editTitle", { name: nameOf(user) }) : t("info.edit");
  const up = id === null ? ["users"] : ["users", id];
  const back = html`<${Button} onClick=${() => admin.go("users")}>${t("info.toList")}<//>`;
  const given = made && html`<div class="form-page"><div class="form"><${HandOver} ...${made} /><p class="row given">${back}</p></div></div>`;
  return html`<${PageFrame} title=${title} beside=${user && html`<span class="tag"><bdi>@${user.userName}</bdi></span>`} up=${up}>
    ${isGone && html`<${Empty} art="gone" title=${t("info.gone")} text=${t("info.goneText")} action=${back} />`}
    ${!isGone && id !== null && !user && html`<${Skeleton} rows=${5} />`}
    ${given ?? (!isGone && (id === null || user) && html`<${Form} key=${id} user=${user ?? EMPTY} id=${id} up=${up} onMade=${setMade} />`)}
  <//>`;
}

const EMPTY = { role: "user" };
const MOST_SESSIONS = 10_000; // the server takes no more

function Form({ user, id, up, onMade }) {
  const admin = useAdmin();
  const tell = useTell();
  const { accounts } = useAdministration();
  const facts = useServerFacts();
  const made = useRef(null);
  const form = useForm(FIELDS);
  const [typed, setTyped] = useState({});
  const [secret, setSecret] = useState({ ...NO_PASSWORD, kind: id === null ? (facts.hasEmail ? "letter" : "manual") : "keep" });
  const changes = userChanges(typed, user);
  const isTouched = Object.keys(changes).length > 0 || (id === null ? secret.password !== "" : secret.kind !== "keep");
  const forget = useUnsaved(isTouched);
  const notice = useChangedMeanwhile(user, form.isBusy);
  const put = (name, value) => {
    form.clear(name);
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const save = async () => {
    if (id !== null && !isTouched) return tell(t("form.unchanged"));
    return form.submit(faultsOf({ typed, id, secret, policy: facts.policy }), async () => {
      const saved = await saveUser({ accounts, id, typed, changes, secret, made });
      tell(t(id === null ? "form.added" : "form.saved", { name: nameOf(saved) }), saved.id);
      if (secret.kind === "manual") onMade({ user: saved, password: secret.password, title: id === null ? "handOver.added" : "reset.done" });
      else forget(), admin.go("users", saved.id);
    });
  };
  const faults = FIELDS.filter((name) => form.errors[name]);
  return html`<form class="form-frame" ref=${form.ref} novalidate data-testid="user-form" onSubmit=${staying(save)}>
    <div class="form-page"><div class="form">
      ${notice && html`<${Notice} kind="info" icon="info" role="status">${t("form.changedMeanwhile")}<//>`}
      ${id !== null && html`<${PictureFields} user=${user} />`}
      <${AccountFields} user=${user} typed=${typed} put=${put} errors=${form.errors} isNew=${id === null} needsAddress=${id === null && secret.kind !== "manual"} />
      ${user.role !== "bot" && html`<${UserPassword} isNew=${id === null} secret=${secret} onChange=${(next) => (form.clear("password"), form.clear("repeated"), setSecret(next))} errors=${form.errors} facts=${facts} user=${user} />`}
      ${user.role !== "bot" && html`<${SessionFields} user=${user} typed=${typed} put=${put} errors=${form.errors} />`}
      <${AboutFields} user=${user} typed=${typed} put=${put} errors=${form.errors} />
    </div></div>
    <div class="save-bar">
      ${faults.length > 0 ? html`<${FieldError} alert>${t("form.attention", { n: faults.length, names: namesOf(faults) })}<//>` : html`<p></p>`}
      <${Button} kind="quiet" onClick=${() => admin.go(...up)}>${t("common.cancel")}<//>
      <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("form.save")}<//>
    </div>
  </form>`;
}

/** Whether somebody else changed what the form shows since it was opened; one's own saving comes back as an event too. */
function useChangedMeanwhile(user, isSaving) {
  const [isChanged, setChanged] = useState(false);
  const state = JSON.stringify([...FIELDS, "role", "emailVerified"].map((name) => user[name] ?? null));
  const seen = useRef(state);
  useEffect(() => {
    if (state !== seen.current && !isSaving) setChanged(true);
    seen.current = state;
  }, [state]);
  return isChanged;
}

const list = new Intl.ListFormat("en-GB", { type: "unit", style: "short" });
const namesOf = (fields) => list.format(fields.map((name) => t(name === "repeated" ? "form.repeatedName" : `form.${name}`).toLowerCase()));

function faultsOf({ typed: { displayName, email, userName, extension, sessionLimit }, id, secret, policy }) {
  const needsAddress = id === null && (!userName || secret.kind !== "manual" || secret.welcome);
  return {
    displayName: id !== null && displayName !== undefined && !displayName.trim() && t("form.displayNameMissing"),
    email: email ? !/^[^\s@]+@[^\s@]+$/.test(email) && t("field.email") : needsAddress && t(userName || secret.kind !== "manual" ? "form.emailMissing" : "addUser.emailMissing"),
    extension: extension && !/^[0-9*#+]{1,32}$/.test(extension) && t("form.extensionBad"),
    sessionLimit: sessionLimit && !(/^\d+$/.test(sessionLimit) && Number(sessionLimit) <= MOST_SESSIONS) && t("form.sessionLimitBad", { n: MOST_SESSIONS }),
    ...passwordFaults(secret, policy),
  };
}
