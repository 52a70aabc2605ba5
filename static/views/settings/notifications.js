// Whether this device calls the reader outside of the page. When it does is models/notifications.js's.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Notice, Switch } from "../parts/parts.js";

export function Notifications() {
  const { settings } = useChat();
  const [permission, setPermission] = useState(permissionNow);
  const choose = async (isOn) => {
    const given = isOn ? await askFor(permission) : permission;
    setPermission(given);
    settings.notifications.value = isOn && given === "granted";
  };
  const isOn = settings.notifications.value && permission === "granted";
  return html`<div class="stack">
    <p class="soft">${t("notifications.about")}</p>
    <${Switch}
      label=${t("notifications.show")} hint=${t("notifications.showHint")} checked=${isOn}
      disabled=${permission === "missing"} onChange=${choose}
    />
    ${permission !== "granted" && permission !== "default" && html`<${Notice} kind="warn" icon="info" role="status">${t(`notifications.${permission}`)}<//>`}
    <${Switch} label=${t("notifications.sounds")} hint=${t("notifications.soundsHint")} checked=${settings.sounds.value} onChange=${(isOn) => (settings.sounds.value = isOn)} />
    <p class="hint">${t("notifications.thisDevice")}</p>
  </div>`;
}

/** "granted", "denied", "default", or "missing" where the browser has none, as without TLS. */
function permissionNow() {
  return globalThis.isSecureContext && "Notification" in globalThis ? Notification.permission : "missing";
}

async function askFor(permission) {
  return permission === "default" ? await Notification.requestPermission() : permission;
}
