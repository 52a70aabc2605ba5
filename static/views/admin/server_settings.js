// Server settings: those that administrators change while the server runs, and below those that only its file decides.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_server.js";
import { request } from "../../models/frames.js";
import { useChat } from "../context.js";
import { Button, confirm, FieldError } from "../parts/parts.js";
import { staying, useForm } from "../settings/form.js";
import { useUnsaved } from "../settings/unsaved.js";
import { PageFrame } from "./page_frame.js";
import { FixedSettings } from "./server_settings/fixed.js";
import { GeneralFields, SignInFields } from "./server_settings/fields.js";

const FIELDS = ["name", "totpRequired", "requireVerifiedEmail"];

export function ServerSettingsPage({ admin }) {
  return html`<${PageFrame} title=${t("panel.settings")} beside=${html`<span class="live">${t("admin.live")}</span>`} lead=${t("server.lead")}>
    <${Form} admin=${admin} />
  <//>`;
}

/** What was not touched follows what other administrators do meanwhile; only what was touched is sent. */
function Form({ admin }) {
  const chat = useChat();
  const form = useForm(FIELDS);
  const [typed, setTyped] = useState({});
  const now = chat.server.value;
  const changes = Object.fromEntries(Object.entries(typed).filter(([name, value]) => value !== now[name]));
  const n = Object.keys(changes).length;
  useUnsaved(n > 0);
  const put = (name, value) => {
    form.clear(name);
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const save = () =>
    form.submit({ name: changes.name !== undefined && !changes.name.trim() && t("serverName.missing") }, async () => {
      await admin.ask(request.adminUpdateSettings, changes);
      setTyped({});
      chat.toasts.show({ text: t("server.saved") });
    });
  const undo = async () => {
    if (await confirm({ title: t("settings.discard"), deed: t("settings.discardDeed"), danger: true })) setTyped({});
  };
  const fields = { values: { ...now, ...changes }, errors: form.errors, put };
  const faults = Object.keys(form.errors).filter((name) => form.errors[name]);
  return html`<form class="form-frame" ref=${form.ref} novalidate data-testid="server-settings" onSubmit=${staying(() => n > 0 && save())}>
    <div class="form-page" tabindex="0" role="region" aria-label=${t("panel.settings")}><div class="form">
      <${GeneralFields} ...${fields} />
      <${SignInFields} ...${fields} />
      <${FixedSettings} />
    </div></div>
    <div class="save-bar">
      ${faults.length > 0 ? html`<${FieldError} alert>${t("form.attention", { n: faults.length, names: namesOf(faults) })}<//>` : html`<p class="muted" role="status">${n > 0 ? t("server.unsaved", { n }) : ""}</p>`}
      ${n > 0 && html`<${Button} kind="quiet" onClick=${undo}>${t("profile.undo")}<//>`}
      <${Button} type="submit" kind="primary" busy=${form.isBusy} disabledReason=${n === 0 && t("profile.unchanged")}>${t("server.save")}<//>
    </div>
  </form>`;
}

const list = new Intl.ListFormat("en-GB", { type: "unit", style: "short" });
const namesOf = (fields) => list.format(fields.map((name) => t(`server.field.${name}`)));
