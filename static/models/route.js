// What the hash of the address says: the list, a channel, its thread or its members, or a page of the admin panel. No
// history, no window: that is views/shell/routing.js.

export const LIST = Object.freeze({ channelId: null, threadId: null, members: false, admin: null });

/** The route of a hash; what is not understood is the list. */
export function parseRoute(hash) {
  const parts = hash.replace(/^#?\/?/, "").split("/");
  const [kind, channelId, side, threadId, ...rest] = parts.map(decoded);
  if (kind === "admin" && parts.length <= 4) return adminRoute(...parts.slice(1).map(decoded).filter(isId));
  if (kind !== "c" || !isId(channelId) || rest.length > 0) return LIST;
  if (side === undefined) return routeOf(channelId);
  if (side === "members" && threadId === undefined) return routeOf(channelId, { members: true });
  if (side === "t" && isId(threadId)) return routeOf(channelId, { threadId });
  return LIST;
}

export function formatRoute({ channelId, threadId, members, admin }) {
  if (admin !== null) return ["#", "admin", ...admin.map(encodeURIComponent)].join("/");
  if (channelId === null) return "#/";
  const channel = `#/c/${encodeURIComponent(channelId)}`;
  if (threadId !== null) return `${channel}/t/${encodeURIComponent(threadId)}`;
  return members ? `${channel}/members` : channel;
}

/** The address of a channel, for links. */
export const channelAddress = (channelId) => formatRoute(routeOf(channelId));

/** Where the back arrow leads: from a panel to its channel, from a channel to the list; in the admin panel one step up. */
export function parentOf({ channelId, threadId, members, admin }) {
  if (admin?.length) return adminRoute(...admin.slice(0, -1));
  return threadId !== null || members ? routeOf(channelId) : LIST;
}

/** Which one of a phone's three screens shows this route. */
export function screenOf({ channelId, threadId, members, admin }) {
  if (admin?.length) return "conversation";
  if (channelId === null) return "list";
  return threadId !== null || members ? "panel" : "conversation";
}

export function routeOf(channelId, { threadId = null, members = false } = {}) {
  return { channelId, threadId, members: threadId === null && members, admin: null };
}

/** A page of the admin panel, and what is open in it; without a page its menu. */
export const adminRoute = (...path) => ({ ...LIST, admin: path });

// Ids are opaque, but never longer than 64 characters: anything else was not made by this page.
const isId = (part) => typeof part === "string" && part.length > 0 && part.length <= 64;

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return ""; // a lone % typed by hand
  }
}
