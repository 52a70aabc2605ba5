// What a user's form would send: only what was touched and is another value, as admin.updateUser and admin.addUser take it.

const MAY_BE_EMPTY = ["email", "statusMessage", "nickname", "extension", "bio", "timezone", "sessionLimit"];
const OF_ADDING = ["displayName", "userName", "email"];

/** `typed` has the fields that were touched, `user` is how he is now. */
export function userChanges(typed, user) {
  const changed = Object.entries(typed).filter(([name, value]) => value !== shownOf(user[name]));
  return Object.fromEntries(changed.map(([name, value]) => [name, sentOf(name, value)]));
}

/** As a field shows it. */
const shownOf = (value) => (typeof value === "number" ? String(value) : (value ?? ""));

function sentOf(name, value) {
  if (value === "" && MAY_BE_EMPTY.includes(name)) return null;
  return name === "sessionLimit" ? Number(value) : value;
}

/** What admin.addUser takes, and what is left for admin.updateUser afterwards. */
export function newUserFields({ emailVerified, role, ...texts }, secret) {
  const filled = Object.entries(texts).filter(([, value]) => value);
  const part = (isFirst) => Object.fromEntries(filled.filter(([name]) => OF_ADDING.includes(name) === isFirst));
  const verified = texts.email && emailVerified && { verified: true };
  return { first: { ...part(true), role: role ?? "user", ...verified, ...secret }, rest: userChanges(part(false), {}) };
}
