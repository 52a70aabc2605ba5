// One's own profile. Only what was touched is sent; all else follows what happens elsewhere while it is open.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { useChat } from "../context.js";
import { Button, Field, PersonName } from "../parts/parts.js";
import { staying, useForm } from "./form.js";
import { Picture } from "./picture.js";
import { edit, edits, forgetEdits } from "./profile_edits.js";
import { TimeZone } from "./time_zone.js";
import { provingAsk } from "./one_more_check.js";

const TEXTS = ["displayName", "statusMessage", "email", "nickname", "bio"];
const FIELDS = [...TEXTS, "timezone"];
const MAX = { displayName: 100, statusMessage: 120, email: 254, nickname: 100, bio: 1000 };

export function Profile() {
  const chat = useChat();
  const form = useForm(FIELDS);
  const me = chat.me.value;
  const changes = changesOf(edits.value, me);
  const control = (name) => ({
    name,
    label: t(`profile.${name}`),
    value: edits.value[name] ?? me[name] ?? "",
    error: form.errors[name],
    maxlength: MAX[name],
    onInput: ({ currentTarget }) => (form.clear(name), edit(name, currentTarget.value)),
  });
  const save = () =>
    form.submit(wrongIn(changes), async () => {
      const { user } = await provingAsk(chat)(request.meUpdate, changes);
      forgetEdits();
      const waits = changes.email && user.pendingEmail;
      chat.toasts.show({ text: waits ? t("profile.savedPending", { email: waits }) : t("profile.saved") });
    });
  return html`<form class="stack" ref=${form.ref} novalidate onSubmit=${staying(save)}>
    <${Face} user=${me} />
    <${Field} ...${control("displayName")} autocomplete="name" />
    <${Field} ...${control("statusMessage")} optional hint=${t("profile.statusMessageHint")} autocomplete="off" />
    <${Field} ...${control("email")} type="email" inputmode="email" hint=${me.pendingEmail ? t("profile.emailPending", { email: me.pendingEmail }) : t("profile.emailHint")} autocomplete="email" />
    <${Field} ...${control("nickname")} optional autocomplete="nickname" />
    <${Field} ...${control("bio")} optional multiline rows="4" />
    <${TimeZone} ...${control("timezone")} onChange=${(name) => (form.clear("timezone"), edit("timezone", name))} />
    <div class="row wrap">
      <${Button} type="submit" kind="primary" busy=${form.isBusy} disabledReason=${isEmpty(changes) && t("profile.unchanged")}>${t("profile.save")}<//>
      ${!isEmpty(changes) && html`<${Button} kind="quiet" onClick=${forgetEdits}>${t("profile.undo")}<//>`}
    </div>
  </form>`;
}

function Face({ user }) {
  const { ask, toasts } = useChat();
  return html`<${Picture} user=${user} ask=${ask} tell=${(text) => toasts.show({ text })}>
    <p><strong><${PersonName} user=${user} /></strong> <span class="muted"><bdi>@${user.userName}</bdi></span></p>
  <//>`;
}

/** As me.update takes them: what was emptied is null. */
function changesOf(edited, me) {
  const changed = Object.entries(edited).filter(([name, text]) => text !== (me[name] ?? ""));
  return Object.fromEntries(changed.map(([name, text]) => [name, text === "" && name !== "displayName" ? null : text]));
}

function wrongIn({ displayName, email }) {
  return {
    displayName: displayName !== undefined && !displayName.trim() && t("profile.displayNameMissing"),
    email: email && !/^[^\s@]+@[^\s@]+$/.test(email) && t("field.email"),
  };
}

function isEmpty(changes) {
  return Object.keys(changes).length === 0;
}
