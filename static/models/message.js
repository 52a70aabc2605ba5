// What can be said of one message without knowing where it is shown. Pure functions.

/** The message with one reaction more or less; a set per emoji, and no emoji without anybody. */
export function withReaction(message, emoji, userId, on) {
  const others = whoReacted(message, emoji).filter((id) => id !== userId);
  const now = on ? [...others, userId] : others;
  const { [emoji]: _, ...rest } = message.reactions;
  if (!now.length) return { ...message, reactions: rest };
  // An emoji keeps its place among the others while anybody uses it.
  const among = Object.hasOwn(message.reactions, emoji) ? message.reactions : rest;
  return { ...message, reactions: { ...among, [emoji]: now } };
}

export function hasReacted(message, emoji, userId) {
  return whoReacted(message, emoji).includes(userId);
}

/** What people react with is any word without a space, "constructor" too. */
function whoReacted({ reactions }, emoji) {
  return Object.hasOwn(reactions, emoji) ? reactions[emoji] : [];
}

/** Whether the message calls this user by name, or everybody (PROTOCOL.md section 3). */
export function names(message, userId) {
  return message.mentions.some((target) => target === userId || target === "@channel" || target === "@here");
}
