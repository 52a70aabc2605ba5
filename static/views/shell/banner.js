// The line under the bar that says what is wrong with the connection. It is no live region: its seconds would be read
// out; that the connection went and came back is announced by connection_words.js.
import { html } from "../../lib/ui.js";
import { hasText, t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Icon } from "../parts/parts.js";

const icons = { offline: "cloud-off", proxy: "plug", back: "check", slow: "check" }; // the others turn
const notToBeTried = new Set(["back", "slow", "offline"]);

export function Banner() {
  const { connection } = useChat();
  const banner = connection.banner.value;
  if (!banner) return null;
  const { key, seconds } = banner;
  const icon = icons[key];
  const tryNow = () => connection.tryNow();
  return html`<div
    class="banner on" role="group" aria-label=${t(`banner.${key}.lead`)} data-testid="banner" data-code=${key}
  >
    ${icon ? html`<${Icon} name=${icon} small />` : html`<span class="spin" aria-hidden="true"></span>`}
    <span><strong>${t(`banner.${key}.lead`)}</strong> <span class="num">${rest(key, seconds)}</span></span>
    ${!notToBeTried.has(key) && html`
      <button type="button" class="link" onClick=${tryNow}>${t("banner.tryNow")}</button>
    `}
  </div>`;
}

function rest(key, seconds) {
  const isTrying = !seconds && hasText(`banner.${key}.now`);
  return t(isTrying ? `banner.${key}.now` : `banner.${key}.rest`, { n: seconds ?? 0 });
}
