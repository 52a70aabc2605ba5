// What can be said of one message without knowing where it is shown. Pure functions.

/** The message with one reaction more or less; a set per emoji, and no emoji without anybody. */
export function withReaction(message, emoji, userId, on) {
  const others = (message.reactions[emoji] ?? []).filter((id) => id !== userId);
  const now = on ? [...others, userId] : others;
  const { [emoji]: _, ...rest } = message.reactions;
  if (!now.length) return { ...message, reactions: rest };
  // An emoji keeps its place among the others while anybody uses it.
  return { ...message, reactions: emoji in message.reactions ? { ...message.reactions, [emoji]: now } : { ...rest, [emoji]: now } };
}

export function hasReacted(message, emoji, userId) {
  return (message.reactions[emoji] ?? []).includes(userId);
}

/** Whether the message calls this user by name, or everybody (PROTOCOL.md section 3). */
export function names(message, userId) {
  return message.mentions.some((target) => target === userId || target === "@channel" || target === "@here");
}
