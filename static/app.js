// The entry: hands the browser's clock, network, storage and chance to the models, and draws the page.
import { random, uuid } from "./lib/chance.js";
import { clock } from "./lib/clock.js";
import { Http } from "./lib/http.js";
import { Store, storageArea } from "./lib/storage.js";
import { effect, html, render } from "./lib/ui.js";
import { Chat } from "./models/chat.js";
import { Door } from "./models/door.js";
import { Preferences } from "./models/preferences.js";
import { parseLink } from "./models/link.js";
import { parseRoute } from "./models/route.js";
import { App } from "./views/app.js";

const version = document.querySelector("meta[name=chatd-version]").content;
const storage = new Store(storageArea(window, "localStorage"));
const tab = new Store(storageArea(window, "sessionStorage"));
const preferences = new Preferences({ storage });
const http = new Http();

const network = {
  online: () => navigator.onLine,
  onChange(deed) {
    window.addEventListener("online", deed);
    window.addEventListener("offline", deed);
  },
};

function connect() {
  return new WebSocket(new URL("/ws", location.href.replace(/^http/, "ws")));
}

async function whoAmI() {
  try {
    await http.get("/auth/me");
    return { status: 200, retryAfterMs: null };
  } catch ({ code, retryAfterMs }) {
    const status = { unauthenticated: 401, unavailable: 503 }[code] ?? 0;
    return { status, retryAfterMs };
  }
}

/** A page older than its server loads itself anew, once for each version: a cache in between must not make it a loop. */
function reload(serverVersion) {
  if (serverVersion !== null) {
    if (tab.get("reloadedFor") === serverVersion) return false;
    tab.set("reloadedFor", serverVersion);
  }
  location.reload();
  return true;
}

function open(user, hooks) {
  const firstChannel = parseRoute(location.hash).channelId;
  return new Chat({
    user, version, connect, whoAmI, network, clock, random, uuid, storage, preferences, firstChannel,
    hooks: { ...hooks, reload },
  });
}

/** The link of the address, which leaves it at once: its secret stands in no history and in no picture of the window. */
function takeLink() {
  const link = parseLink(location.hash);
  if (link) history.replaceState(null, "", location.pathname);
  return link;
}

effect(() => {
  const theme = preferences.theme.value;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
});
window.addEventListener("storage", () => preferences.reread()); // another tab changed them

const stranger = document.querySelector("meta[name=chatd-visitor]").content === "stranger";
const door = new Door({ http, clock, open, stranger, link: takeLink() });
window.addEventListener("hashchange", (event) => {
  const link = takeLink();
  if (!link) return;
  event.stopImmediatePropagation(); // it is no place in the chat
  door.openLink(link);
});
render(html`<${App} door=${door} />`, document.getElementById("page"));
door.start();
