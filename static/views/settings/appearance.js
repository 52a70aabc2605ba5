// How the page looks and listens on this device.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Segments, Switch } from "../parts/parts.js";

export function Appearance() {
  const { theme, letterKeys } = useChat().settings;
  const options = ["system", "light", "dark"].map((value) => ({ value, label: t(`appearance.theme.${value}`) }));
  return html`<div class="stack">
    <${Segments} label=${t("appearance.theme")} options=${options} value=${theme.value} onChange=${(value) => (theme.value = value)} />
    <${Switch}
      label=${t("appearance.letterKeys")} hint=${t("appearance.letterKeysHint")}
      checked=${letterKeys.value} onChange=${(isOn) => (letterKeys.value = isOn)}
    />
    <p class="hint">${t("appearance.thisDevice")}</p>
  </div>`;
}
