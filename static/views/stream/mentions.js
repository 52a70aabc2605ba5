// The @names in a text: which of them name somebody. Who was named is the server's decision (message.mentions).

// The server's rule of what may stand before the @ and in a name (PROTOCOL.md section 3): an address holds no mention.
const MENTION = /(?<![\p{L}\p{N}_.@/-])@([\p{L}\p{N}\p{M}._-]{3,80})/gu;
const GROUPS = ["channel", "here"];

/** The form in which user names are compared. */
export function foldName(name) {
  return name.normalize("NFKC").toLowerCase();
}

/**
 * The text in parts: {text} and {text, isMe} for each @name of `names`, a Map of folded user names to whether it is the
 * reader. "@bob." is also tried as "@bob".
 */
export function splitMentions(text, names) {
  const parts = [];
  let at = 0;
  for (const { 0: whole, 1: name, index } of text.includes("@") && names.size ? text.matchAll(MENTION) : []) {
    const known = longestKnown(name, names);
    if (known === null) continue;
    const end = index + whole.length - name.length + known.length;
    if (index > at) parts.push({ text: text.slice(at, index) });
    parts.push({ text: text.slice(index, end), isMe: names.get(foldName(known)) });
    at = end;
  }
  if (at < text.length || !parts.length) parts.push({ text: text.slice(at) });
  return parts;
}

function longestKnown(name, names) {
  for (let tried = name; tried; tried = tried.slice(0, -1)) {
    if (names.has(foldName(tried))) return tried;
    if (!"._-".includes(tried.at(-1))) return null;
  }
  return null;
}

/** The names to mark in a message: those the server found in it, or in an unsent text any known user's. */
export function namesToMark({ content, mentions }, people, meId) {
  const names = new Map();
  if (!content.includes("@")) return names;
  const users = mentions ? mentions.map((id) => people.get(id)).filter(Boolean) : people.list.value;
  for (const user of users) names.set(foldName(user.userName), user.id === meId);
  const groups = mentions ? GROUPS.filter((group) => mentions.includes(`@${group}`)) : GROUPS;
  for (const group of groups) names.set(group, true);
  return names;
}
