// What somebody made for the server stops working with their rights: said before, with the way to keep it.
import { html, useEffect, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button, Notice } from "../parts/parts.js";
import { useDeed } from "./form.js";

/** Nothing where nothing was made, or nobody knows. `onTaken` is called when it is the asker's. */
export function Made({ user, accounts, onTaken }) {
  const { isBusy, run } = useDeed();
  const [made, setMade] = useState(0);
  const [isTaken, setTaken] = useState(false);
  useEffect(() => {
    let isWanted = true;
    accounts.made(user.id).then((n) => isWanted && setMade(n), () => {}); // the number is a courtesy
    return () => (isWanted = false);
  }, [user.id]);
  const take = async () => {
    if (!(await run(() => accounts.takeOver(user.id)))) return;
    setTaken(true);
    onTaken?.();
  };
  if (!made) return null;
  if (isTaken) return html`<${Notice} kind="ok" icon="check"><span role="status">${t("made.taken")}</span><//>`;
  return html`<${Notice} kind="warn" icon="key" data-testid="made">
    ${t("made.stops", { n: made })}
    <div class="row wrap"><${Button} small busy=${isBusy} onClick=${take}>${t("made.takeOver")}<//></div>
  <//>`;
}
