// Which arriving message calls the reader away from what he does, and what the window's title and icon count.
// Nothing is shown here: views/shell/notifier.js and badge.js do.

/** Does this new message name the reader, or stand in a direct conversation of his? */
export function callsFor({ message, channel, me }) {
  if (message.author.id === me.id || message.deletedAt !== null) return false;
  if (channel.kind === "dm") return true;
  return message.mentions.some((target) => target === me.id || target === "@channel" || target === "@here");
}

/** May a notification be shown for it now? `isSeen`: the window has the focus and its channel is the open one. */
export function isWorthNotifying({ message, channel, me, presence, isAllowed, isSeen }) {
  return isAllowed && presence !== "dnd" && !isSeen && callsFor({ message, channel, me });
}

/** The window's title: "(2) firmware · Lanternworks". Mentions and direct messages count, nothing else. */
export function titleOf({ count, place, server }) {
  const name = place && place !== server ? `${place} · ${server}` : server;
  return count > 0 ? `(${count}) ${name}` : name;
}

/** What the icon shows: a number for what calls the reader, a dot for what else is unread. */
export function badgeOf({ count, anyUnread }) {
  if (count > 0) return count > 99 ? "99+" : String(count);
  return anyUnread ? "dot" : "";
}

const LONGEST = 180; // systems cut after two or three lines

/** Markdown told in one plain line: a notification has no code blocks and no bold face. */
export function plainLine(content) {
  const plain = content
    .replace(/```[^\n]*\n?/g, "")
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1")
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, "")
    .replace(/(\*\*|__|~~|`)(?=\S)(.*?\S)\1/g, "$2")
    .replace(/\s+/g, " ")
    .trim();
  const letters = [...plain];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : plain;
}
