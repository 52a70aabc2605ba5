// Who may do what with a channel (PROTOCOL.md section 3), to show the right controls; the server decides again.

/** The channel that is there from the start: it is everybody's, and nobody's to change but for its topic. */
export function isDefault(channel) {
  return channel.kind === "public" && channel.name === "general" && channel.createdBy === null;
}

/** Its creator and administrators; nobody manages a direct conversation. */
export function canManage(channel, me) {
  return channel.kind !== "dm" && (me.isAdmin || channel.createdBy === me.id);
}

/** Rename, make private or public, archive, delete. */
export function canReshape(channel, me) {
  return canManage(channel, me) && !isDefault(channel);
}

export function canLeave(channel) {
  return channel.kind !== "dm" && channel.joined && !isDefault(channel);
}

/** Any member of a private channel brings others in, otherwise who manages it; into `general` nobody needs to. */
export function canAddMembers(channel, me) {
  if (isDefault(channel)) return false;
  return (channel.kind === "private" && channel.joined) || canManage(channel, me);
}

export function canRemoveMembers(channel, me) {
  return canReshape(channel, me);
}

export function canWrite(channel) {
  return channel.joined && channel.archivedAt === null;
}
