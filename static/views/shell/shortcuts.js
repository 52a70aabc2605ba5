// What the keys of keymap.js do, wherever the focus is. Keys of the composer and of the message list are theirs.
import { useEffect } from "../../lib/ui.js";
import { isWriting, presses, writes } from "../../lib/keys.js";
import { neighbour } from "../../models/neighbours.js";
import { adminRoute, routeOf } from "../../models/route.js";
import { KeyboardMap, openSettings, Switcher } from "../later.js";
import { isDialogOpen, openDialog } from "../parts/parts.js";
import { readAll } from "../stream/newest.js";
import { pageKeys } from "./keymap.js";
import { walkRegions } from "./regions.js";

const SECOND_KEY_MS = 1500;

export function useShortcuts(chat, place) {
  useEffect(() => {
    const commands = commandsFor(chat, place);
    let gAt = -Infinity; // when G was pressed, of G and then A
    commands.admin = (event) => chat.me.peek().isAdmin && void (gAt = event.timeStamp);
    const onKeyDown = (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const isSecond = event.timeStamp - gAt < SECOND_KEY_MS && presses(event, "A");
      if (!event.repeat) gAt = -Infinity;
      if (isSecond && isMeant(event, { combination: "A" }, chat)) return event.preventDefault(), place.go(adminRoute("users"));
      const key = pageKeys.find(({ combination }) => presses(event, combination));
      if (!key || !isMeant(event, key, chat)) return;
      if (commands[key.id](event) !== false) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [chat, place]);
}

/** A dialog has its own keys; a character is written where somebody writes. */
function isMeant(event, { combination }, chat) {
  if (isDialogOpen()) return false;
  return !writes(combination) || (chat.settings.letterKeys.peek() && !isWriting(event.target));
}

/** A command that had nothing to do returns false: the key stays the browser's. */
function commandsFor(chat, place) {
  const go = (by, isWanted) => {
    const id = neighbour(rows(chat), chat.open.channelId.peek(), by, isWanted);
    return id !== null && place.go(routeOf(id));
  };
  return {
    jump: () => void openDialog(Switcher, { place }),
    previousChannel: () => go(-1),
    nextChannel: () => go(1),
    previousUnread: () => go(-1, isUnread),
    nextUnread: () => go(1, isUnread),
    nextRegion: () => walkRegions(1),
    previousRegion: () => walkRegions(-1),
    keyboard: () => void openDialog(KeyboardMap),
    settings: () => void openSettings(),
    escape: () => place.closePanel() || (place.route.peek().admin === null && readAll(chat)),
  };
}

/** The rows of the sidebar in their order. */
function rows(chat) {
  const { list, directs } = chat.channels;
  return [...list.peek().filter((channel) => channel.archivedAt === null), ...directs.peek()];
}

const isUnread = (channel) => channel.unread > 0 || channel.mentions > 0;
