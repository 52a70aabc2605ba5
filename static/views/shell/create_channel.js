// A new channel: name, topic, who sees it, and for a private one its first members.
import { html, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Dialog, Segments } from "../parts/parts.js";
import { ChannelFields, fieldErrors, refusalErrors } from "./channel_fields.js";
import { goFrom } from "./going.js";
import { PeoplePicker } from "./people_picker.js";

const KINDS = ["public", "private"];
const MOST_MEMBERS = 500; // channel.create takes no more

export function CreateChannel({ place, name: firstName = "", close }) {
  const chat = useChat();
  const [form, setForm] = useState({ name: firstName, topic: "", kind: "public", people: [] });
  const [errors, setErrors] = useState({});
  const [isBusy, setBusy] = useState(false);
  const nameRef = useRef(null);
  const change = (changed) => {
    setForm((before) => ({ ...before, ...changed }));
    setErrors({});
  };
  const create = async () => {
    const found = fieldErrors(form);
    setErrors(found);
    if (Object.keys(found).length) return nameRef.current?.focus();
    setBusy(true);
    try {
      const channel = await chat.channels.create(payloadOf(form));
      return goFrom(close, place, channel.id);
    } catch (refused) {
      setBusy(false);
      setErrors(refusalErrors(refused));
      return nameRef.current?.focus();
    }
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} kind="primary" type="submit" busy=${isBusy}>${t("create.deed")}<//>
  `;
  return html`<${Dialog}
    title=${t("create.title")} actions=${actions} onSubmit=${() => !isBusy && create()} testid="create-channel"
  >
    <${ChannelFields} ...${form} errors=${errors} change=${change} nameRef=${nameRef} />
    <${Segments}
      label=${t("create.kind")} value=${form.kind} onChange=${(kind) => change({ kind })}
      options=${KINDS.map((kind) => ({ value: kind, label: t(`create.${kind}`) }))}
    />
    <p class="hint">${t(`create.${form.kind}Hint`)}</p>
    ${form.kind === "private" && html`<${PeoplePicker}
      label=${t("create.members")} optional people=${form.people} most=${MOST_MEMBERS}
      onChange=${(people) => change({ people })}
    />`}
  <//>`;
}

function payloadOf({ name, topic, kind, people }) {
  const members = kind === "private" ? people.map(({ id }) => id) : [];
  return { name: name.trim(), topic: topic.trim(), kind, members };
}
