// The fields of a channel that creating and editing share, and what their faults are called.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { LONGEST_NAME, LONGEST_TOPIC, faults } from "../../models/channel_form.js";
import { refusalText } from "../../models/refusals.js";
import { Field } from "../parts/parts.js";

/** `isFixed`: the name is not to be changed, so it is not shown. `change` gets {name} or {topic}. */
export function ChannelFields({ name, topic, errors, change, nameRef, isFixed = false }) {
  return html`
    ${!isFixed && html`<${Field}
      label=${t("create.name")} value=${name} error=${errors.name} placeholder=${t("create.namePlaceholder")}
      autocomplete="off" autocapitalize="none" inputRef=${nameRef} name="channel-name"
      onInput=${(event) => change({ name: event.currentTarget.value })}
    />`}
    <${Field}
      label=${t("create.topic")} optional value=${topic} error=${errors.topic} autocomplete="off" name="channel-topic"
      onInput=${(event) => change({ topic: event.currentTarget.value })}
    />
  `;
}

/** The sentences for what is wrong with the fields; empty when nothing is. */
export function fieldErrors(fields) {
  const { name, topic } = faults(fields);
  return {
    ...(name && { name: t(name === "missing" ? "create.nameMissing" : "create.nameLong", { max: LONGEST_NAME }) }),
    ...(topic && { topic: t("create.topicLong", { max: LONGEST_TOPIC }) }),
  };
}

/** Where the server's refusal belongs: under its field, or under the name. */
export function refusalErrors(refused) {
  return { [refused.field === "topic" ? "topic" : "name"]: refusalText(refused) };
}
