// What is done to several ticked users at once, in the place of the filters; and what came of it.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Refused } from "../../models/errors.js";
import { refusalText } from "../../models/refusals.js";
import { Button, Dialog, nameOf, openDialog } from "../parts/parts.js";
import { useAdministration } from "../settings/administration_context.js";
import { ask } from "../settings/ask.js";
import { useAdministrator } from "../settings/dialog_end.js";
import { useDeed } from "../settings/form.js";
import { useServerFacts } from "../settings/server_facts.js";
import { Result } from "./result.js";
import { useAdmin } from "./admin_context.js";

export function UserSelection({ ticks }) {
  const { accounts } = useAdministration();
  const { hasEmail } = useServerFacts();
  const { chat } = useAdmin();
  const { isBusy, run } = useDeed();
  const users = ticks.users.value;
  const open = users.filter(({ status }) => status !== "deactivated");
  const waiting = users.filter(({ status, email, role }) => status === "pending" && email && role !== "bot");
  const clear = () => {
    ticks.all(false);
    document.querySelector(".users input[name=all]")?.focus(); // what had the focus goes with the last tick
  };
  const done = (words, named, results) => {
    clear();
    tell(chat.toasts, words, results.map((result) => ({ ...result, user: named.find(({ id }) => id === result.userId) })));
  };
  const deactivate = () =>
    ask({
      title: t("selection.deactivateTitle", { n: open.length }),
      body: html`${t("deactivate.body")} ${t("selection.deactivateRest")}`,
      deed: t("deactivate.deed"),
      isAdministration: true,
      run: async () => done(["selection.deactivated", "selection.deactivatedNot"], open, await accounts.deactivateAll(open.map(({ id }) => id))),
    });
  const welcome = () => run(async () => done(["selection.welcomed", "selection.welcomedNot"], waiting, await sent(accounts, waiting)));
  return html`<div class="selection" role="group" aria-label=${t("selection.label")}>
    <strong class="num" role="status">${t("selection.count", { n: users.length })}</strong>
    <${Button} small kind="danger-quiet" icon="ban" disabledReason=${!open.length && t("selection.noneOpen")} onClick=${deactivate}>${t("deactivate.deed")}<//>
    ${hasEmail && html`<${Button} small icon="mail" busy=${isBusy} disabledReason=${!waiting.length && t("selection.noneWaiting")} onClick=${welcome}>${t("deed.welcome")}<//>`}
    <${Button} small kind="quiet" data-act="clear" onClick=${clear}>${t("selection.clear")}<//>
  </div>`;
}

/** One letter after the other: {userId, message} for each, `message` null where it is on its way. */
async function sent(accounts, users) {
  const results = [];
  for (const { id } of users) {
    try {
      await accounts.resendWelcome(id);
      results.push({ userId: id, message: null });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      results.push({ userId: id, message: refusalText(refused) });
    }
  }
  return results;
}

/** `words`: the sentence when all went well, and when not. */
function tell(toasts, [good, mixed], results) {
  const refused = results.filter(({ message }) => message !== null);
  const n = results.length - refused.length;
  if (!refused.length) return toasts.show({ text: t(good, { n }) });
  const text = t(mixed, { n, all: results.length, not: refused.length });
  return toasts.show({ text, error: true, action: { label: t("selection.show"), run: () => openDialog(Refusals, { title: text, results: refused }) } });
}

function Refusals({ title, results, close }) {
  useAdministrator(close);
  const actions = html`<${Button} kind="primary" data-autofocus onClick=${close}>${t("handOver.close")}<//>`;
  return html`<${Dialog} title=${title} actions=${actions} testid="refusals">
    <ul class="results">${results.map(({ userId, user, message }) => html`<${Result} key=${userId} isGood=${false} name=${nameOf(user)}>${message}<//>`)}</ul>
  <//>`;
}
