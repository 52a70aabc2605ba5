// Saving a user's form: the password first, because it is what is refused most often, then all else in one request.
import { newUserFields } from "../../models/user_changes.js";

/** Resolves with the user as he is then; rejects with Refused. */
export function saveUser({ accounts, id, typed, changes, secret }) {
  return id === null ? added(accounts, typed, secret) : changed(accounts, id, changes, secret);
}

async function added(accounts, typed, { kind, password, requireChange, welcome }) {
  const secret = kind === "manual" ? { password, requirePasswordChange: requireChange, ...(welcome && { sendWelcomeEmail: true }) } : { sendWelcomeEmail: true };
  const { first, rest } = newUserFields(typed, secret);
  const user = await accounts.add(first);
  return Object.keys(rest).length ? accounts.update(user.id, rest) : user;
}

async function changed(accounts, id, changes, { kind, password, requireChange, revokeSessions }) {
  if (kind === "manual") await accounts.resetPassword(id, { password, requireChange, revokeSessions });
  else if (kind === "mail") await accounts.sendPassword(id, { revokeSessions });
  return accounts.update(id, changes);
}
