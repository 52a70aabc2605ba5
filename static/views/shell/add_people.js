// Bringing people into a channel.
import { html, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { Button, Dialog, nameOf } from "../parts/parts.js";
import { PeoplePicker } from "./people_picker.js";

const MOST = 50;

/** `without`: ids of those who are in it already. */
export function AddPeople({ channelId, without, close }) {
  const chat = useChat();
  const channel = chat.channels.get(channelId);
  const [people, setPeople] = useState([]);
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const input = useRef(null);
  const add = async () => {
    if (!people.length) {
      setError(t("direct.missing"));
      return input.current.focus();
    }
    setBusy(true);
    for (const [at, user] of people.entries()) {
      try {
        await chat.channels.addMember(channelId, user.id);
      } catch (refused) {
        setBusy(false);
        setPeople(people.slice(at)); // those before are in: only the rest is to be tried again
        return setError(refusalText(refused));
      }
    }
    close();
    const [only] = people;
    const isOne = people.length === 1;
    const text = isOne ? t("members.addedOne", { name: nameOf(only) }) : t("members.addedMany", { n: people.length });
    return chat.toasts.show({ text });
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} kind="primary" type="submit" busy=${isBusy}>${t("members.addDeed")}<//>
  `;
  return html`<${Dialog}
    title=${t("members.addTitle", { name: channel?.name ?? "" })} actions=${actions} testid="add-people" class="roomy"
    onSubmit=${() => !isBusy && add()}
  ><${PeoplePicker}
    label=${t("create.members")} people=${people} without=${without} most=${MOST} error=${error} inputRef=${input}
    onChange=${(chosen) => (setPeople(chosen), setError(""))}
  /><//>`;
}
