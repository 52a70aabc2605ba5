// The server's name, for everybody at once.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { useChat } from "../context.js";
import { Button, Field } from "../parts/parts.js";
import { staying, useForm } from "./form.js";
import { useUnsaved } from "./unsaved.js";

const NAME_MAX = 80;

export function ServerName() {
  const chat = useChat();
  const form = useForm(["name"]);
  const [edited, setEdited] = useState(null); // null: untouched, so it follows what another administrator does
  const now = chat.server.value.name;
  const name = edited ?? now;
  useUnsaved(name !== now);
  const save = () =>
    form.submit({ name: !name.trim() && t("serverName.missing") }, async () => {
      await chat.ask(request.adminUpdateSettings, { name });
      setEdited(null);
      chat.toasts.show({ text: t("serverName.saved", { name }) });
    });
  return html`<form class="stack" ref=${form.ref} novalidate onSubmit=${staying(() => name !== now && save())}>
    <${Field}
      name="name" label=${t("serverName.label")} hint=${t("serverName.hint")} value=${name} maxlength=${NAME_MAX}
      error=${form.errors.name} autocomplete="off" onInput=${({ currentTarget }) => (form.clear("name"), setEdited(currentTarget.value))}
    />
    <div class="row"><${Button} type="submit" kind="primary" busy=${form.isBusy} disabledReason=${name === now && t("profile.unchanged")}>${t("serverName.save")}<//></div>
  </form>`;
}
