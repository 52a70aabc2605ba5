// Sign-ins as rows: device, place, times, windows, and a button that ends one.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { device } from "../../models/device.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { Button, FieldError, Icon, Skeleton, Time } from "../parts/parts.js";
import { useDeed } from "./form.js";

export const deviceIcons = { phone: "phone", tablet: "phone", computer: "monitor", program: "plug" };

/** `list` is a SessionList; the current session has no button, for that is signing out. */
export function SessionRows({ list }) {
  const sessions = list.sessions.value;
  const error = list.error.value;
  return html`
    ${error && html`<${FieldError}>${refusalText(error)}<//>`}
    ${!sessions && !error && html`<${Skeleton} rows=${2} />`}
    ${sessions?.length === 0 && html`<p class="muted">${t("sessions.none")}</p>`}
    ${sessions?.length > 0 && html`<ul class="session-rows">
      ${sessions.map((session) => html`<${Row} key=${session.id} session=${session} list=${list} />`)}
    </ul>`}
  `;
}

function Row({ session, list }) {
  const { toasts } = useChat();
  const { isBusy, run } = useDeed();
  const { kind } = device(session.userAgent);
  const name = deviceName(session);
  const end = () =>
    run(async () => {
      await list.revoke(session.id);
      toasts.show({ text: t("sessions.endedOne", { device: name }) });
    });
  return html`<li data-testid="session" data-id=${session.id}>
    <${Icon} name=${deviceIcons[kind]} />
    <div class="grow">
      <p class="row wrap">
        <strong title=${session.userAgent}>${name}</strong>
        ${session.current && html`<span class="tag accent">${t("sessions.current")}</span>`}
        ${session.newPlace && html`<span class="tag warn">${t("sessions.newPlace")}</span>`}
      </p>
      <p class="muted"><${Activity} session=${session} /> <span aria-hidden="true">·</span> <bdi>${session.ip}</bdi></p>
      <p class="muted">${t("sessions.started")} <${Time} at=${session.createdAt} /></p>
    </div>
    ${!session.current && html`<${Button} small busy=${isBusy} aria-label=${t("sessions.endOf", { device: name })} onClick=${end}>${t("sessions.end")}<//>`}
  </li>`;
}

function Activity({ session: { sockets, lastActiveAt } }) {
  if (sockets > 0) return t("sessions.windows", { n: sockets });
  return html`${t("sessions.lastActive")} <${Time} at=${lastActiveAt} />`;
}

export function deviceName({ userAgent }) {
  const { browser, system } = device(userAgent);
  if (browser && system) return t("sessions.browserOnSystem", { browser, system });
  return browser ?? system ?? t("sessions.unknownDevice");
}
