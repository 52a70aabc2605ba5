// What one sees of the page from outside: the window's title, the icon's badge, the installed app's number.
import { effect, useEffect } from "../../lib/ui.js";
import { badgeOf, titleOf } from "../../models/notifications.js";
import { drawnIcon } from "./icon_drawing.js";

export function useBadge(chat) {
  useEffect(() => {
    const link = iconLink();
    const plain = link.href;
    const stop = effect(() => {
      const count = chat.channels.totalMentions.value;
      const channel = chat.open.channel.value;
      const place = channel ? chat.channels.title(channel) : "";
      const server = chat.server.value.name;
      const badge = badgeOf({ count, anyUnread: chat.channels.anyUnread.value });
      if (server) document.title = titleOf({ count, place, server }); // before the first answer it has no name
      setIcon(link, badge ? drawnIcon(badge) : plain);
      tellApp(count);
    });
    return () => {
      stop();
      setIcon(link, plain);
      tellApp(0);
    };
  }, [chat]);
}

function iconLink() {
  const there = document.querySelector("link[rel~=icon]");
  if (there) return there;
  const link = Object.assign(document.createElement("link"), { rel: "icon", type: "image/svg+xml" });
  return document.head.appendChild(link);
}

function setIcon(link, address) {
  if (link.href !== address) link.href = address;
}

/** Only an installed page has a badge; elsewhere the browser refuses, which is no error. */
function tellApp(count) {
  const told = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  told?.catch(() => {});
}
