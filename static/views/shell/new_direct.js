// Opening a direct conversation with one person or a few. The same people always get the same one.
import { html, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { Button, Dialog } from "../parts/parts.js";
import { goFrom } from "./going.js";
import { PeoplePicker } from "./people_picker.js";

const MOST = 8; // dm.open takes no more

export function NewDirect({ place, close }) {
  const chat = useChat();
  const [people, setPeople] = useState([]);
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const input = useRef(null);
  const open = async () => {
    if (!people.length) {
      setError(t("direct.missing"));
      return input.current.focus();
    }
    setBusy(true);
    try {
      const channel = await chat.channels.openDirect(people.map(({ id }) => id));
      return goFrom(close, place, channel.id);
    } catch (refused) {
      setBusy(false);
      return setError(refusalText(refused));
    }
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} kind="primary" type="submit" busy=${isBusy}>${t("direct.deed")}<//>
  `;
  return html`<${Dialog}
    title=${t("direct.title")} description=${t("direct.text", { n: MOST })} actions=${actions}
    onSubmit=${() => !isBusy && open()} testid="new-direct" class="roomy"
  ><${PeoplePicker}
    label=${t("direct.people")} people=${people} most=${MOST} error=${error} inputRef=${input}
    onChange=${(chosen) => (setPeople(chosen), setError(""))}
  /><//>`;
}
