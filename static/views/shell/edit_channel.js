// A channel's name and topic. Making it private, archiving and deleting are entries of its menu.
import { html, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { changes } from "../../models/channel_form.js";
import { isDefault } from "../../models/channel_rights.js";
import { Button, Dialog } from "../parts/parts.js";
import { ChannelFields, fieldErrors, refusalErrors } from "./channel_fields.js";

export function EditChannel({ chat, channelId, close }) {
  const [channel] = useState(() => chat.channels.peek(channelId));
  const [form, setForm] = useState({ name: channel.name, topic: channel.topic });
  const [errors, setErrors] = useState({});
  const [isBusy, setBusy] = useState(false);
  const nameRef = useRef(null);
  const save = async () => {
    const trimmed = { name: form.name.trim(), topic: form.topic.trim() };
    const found = fieldErrors(trimmed);
    setErrors(found);
    if (Object.keys(found).length) return nameRef.current?.focus();
    const changed = changes(trimmed, channel);
    if (!Object.keys(changed).length) return close();
    setBusy(true);
    try {
      await chat.channels.update(channelId, changed);
      return close();
    } catch (refused) {
      setBusy(false);
      return setErrors(isDefault(channel) ? { topic: refusalErrors(refused).name } : refusalErrors(refused));
    }
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} kind="primary" type="submit" busy=${isBusy}>${t("edit.deed")}<//>
  `;
  return html`<${Dialog}
    title=${t("edit.title", { name: channel.name })} actions=${actions} onSubmit=${() => !isBusy && save()}
    testid="edit-channel"
  >
    <${ChannelFields}
      ...${form} errors=${errors} nameRef=${nameRef} isFixed=${isDefault(channel)}
      change=${(changed) => (setForm({ ...form, ...changed }), setErrors({}))}
    />
  <//>`;
}
