// What an administrator hands over to somebody: names and password, shown once and then no more.
import { html, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon, IconButton, nameOf } from "../parts/parts.js";
import { CopyButton } from "./copy_button.js";

/** `password` may be empty: then there is none to hand over. */
export function HandOver({ user, password, title = "handOver.added", onClose }) {
  const secret = useRef(null);
  return html`<section class="wide notice success hand-over" data-testid="hand-over" aria-label=${t(title, { name: nameOf(user) })}>
    <${Icon} name="check" />
    <div class="grow">
      <strong>${t(title, { name: nameOf(user) })}</strong>
      <dl>
        <${Fact} name=${t("handOver.userName")}><bdi>${user.userName}</bdi><//>
        ${user.email && html`<${Fact} name=${t("handOver.email")}><bdi>${user.email}</bdi><//>`}
        ${password && html`<${Fact} name=${t("handOver.password")}>
          <code class="secret" ref=${secret}>${password}</code> <${CopyButton} text=${password} shown=${secret} label=${t("handOver.copy")} />
        <//>`}
      </dl>
      ${password && html`<p class="hint">${t("handOver.once")}</p>`}
    </div>
    ${onClose && html`<${IconButton} icon="close" small label=${t("common.dismiss")} onClick=${onClose} />`}
  </section>`;
}

function Fact({ name, children }) {
  return html`<div><dt>${name}</dt><dd>${children}</dd></div>`;
}
