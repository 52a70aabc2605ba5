// What a user's form would send: only what was touched and is another value, as admin.updateUser and admin.addUser take it.

const MAY_BE_EMPTY = ["email", "statusMessage", "nickname", "extension", "bio", "timezone"];

/** `typed` has the fields that were touched, `user` is how he is now. */
export function userChanges(typed, user) {
  const changed = Object.entries(typed).filter(([name, value]) => value !== (user[name] ?? ""));
  return Object.fromEntries(changed.map(([name, value]) => [name, value === "" && MAY_BE_EMPTY.includes(name) ? null : value]));
}

/** What admin.addUser takes, and what is left for admin.updateUser afterwards. */
export function newUserFields({ displayName, userName, email, emailVerified, role, ...rest }, password) {
  const filled = Object.entries({ displayName, userName, email }).filter(([, value]) => value);
  const first = { ...Object.fromEntries(filled), role: role ?? "user", ...(email && emailVerified && { verified: true }), ...password };
  return { first, rest: Object.fromEntries(Object.entries(rest).filter(([, value]) => value)) };
}
