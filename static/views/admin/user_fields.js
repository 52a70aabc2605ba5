// The fields of a user's form that are no password: account, roles, and what is told about somebody.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Check, Field, Switch } from "../parts/parts.js";
import { Picture } from "../settings/picture.js";
import { TimeZone } from "../settings/time_zone.js";
import { useAdmin } from "./admin_context.js";
import { useTell } from "./use_tell.js";

const MAX = { displayName: 100, userName: 50, email: 254, statusMessage: 120, nickname: 100, extension: 32, bio: 1000, sessionLimit: 5 };

/** Name, value and error of a text field. */
function control({ user, typed, put, errors }, name) {
  return {
    name,
    label: t(`form.${name}`),
    value: typed[name] ?? String(user[name] ?? ""),
    error: errors[name],
    maxlength: MAX[name],
    autocomplete: "off",
    onInput: ({ currentTarget }) => put(name, currentTarget.value),
  };
}

export function PictureFields({ user }) {
  const admin = useAdmin();
  const tell = useTell();
  return html`<section class="fieldset" aria-labelledby="form-picture">
    <div class="about"><h2 id="form-picture">${t("form.picture")}</h2><p>${t("form.pictureHint")}</p></div>
    <div class="inputs"><${Picture} user=${user} ask=${admin.ask} tell=${(text) => tell(text, user.id)} /></div>
  </section>`;
}

export function AccountFields({ isNew, needsAddress, ...form }) {
  const { user, typed, put } = form;
  const isMe = useChat().me.value.id === user.id;
  const isAdmin = (typed.role ?? user.role) === "admin";
  return html`<section class="fieldset" aria-labelledby="form-account">
    <div class="about"><h2 id="form-account">${t("form.account")}</h2>${!isNew && html`<p>${t("form.accountHint")}</p>`}</div>
    <div class="inputs">
      <div class="pair">
        <${Field} ...${control(form, "displayName")} optional=${isNew} />
        <${Field} ...${control(form, "userName")} optional=${isNew} autocapitalize="none" spellcheck=${false} />
      </div>
      ${user.role !== "bot" && html`
        <${Field} ...${control(form, "email")} optional=${!needsAddress} type="email" inputmode="email" autocapitalize="none" spellcheck=${false} />
        <${Switch} label=${t("form.emailVerified")} hint=${t("form.emailVerifiedHint")} name="emailVerified" checked=${typed.emailVerified ?? user.emailVerified ?? false} onChange=${(is) => put("emailVerified", is)} />
        ${!isMe && html`<div class="field">
          <span class="label" id="form-roles">${t("form.roles")}</span>
          <div class="row wrap roles" role="group" aria-labelledby="form-roles">
            <${Check} name="admin" label=${t("form.admin")} hint=${t("form.adminHint")} checked=${isAdmin} onChange=${(is) => put("role", is ? "admin" : "user")} />
          </div>
        </div>`}
      `}
    </div>
  </section>`;
}

/** How many sign-ins somebody may have at once, where it is not what the server says for all. */
export function SessionFields(form) {
  return html`<section class="fieldset" aria-labelledby="form-sessions">
    <div class="about"><h2 id="form-sessions">${t("form.sessions")}</h2></div>
    <div class="inputs">
      <${Field} ...${control(form, "sessionLimit")} optional inputmode="numeric" hint=${t("form.sessionLimitHint")} />
    </div>
  </section>`;
}

export function AboutFields(form) {
  const timezone = control(form, "timezone");
  return html`<section class="fieldset" aria-labelledby="form-about">
    <div class="about"><h2 id="form-about">${t("form.about")}</h2></div>
    <div class="inputs">
      <div class="pair">
        <${Field} ...${control(form, "nickname")} optional />
        <${Field} ...${control(form, "extension")} optional inputmode="tel" />
      </div>
      <${Field} ...${control(form, "statusMessage")} optional />
      <${TimeZone} ...${timezone} onChange=${(name) => form.put("timezone", name)} />
      <${Field} ...${control(form, "bio")} optional multiline rows="3" />
    </div>
  </section>`;
}
