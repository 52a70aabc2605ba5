// Saving a user's form: the password first, because it is what is refused most often, then all else in one request.
import { newUserFields, userChanges } from "../../models/user_changes.js";

/**
 * Resolves with the user as he is then; rejects with Refused. `made` is a ref of the form: an account that was added while
 * the rest was refused is not added twice.
 */
export function saveUser({ accounts, id, typed, changes, secret, made }) {
  return id === null ? added(accounts, typed, secret, made) : changed(accounts, id, changes, secret);
}

async function added(accounts, typed, secret, made) {
  const { first, rest } = newUserFields(typed, firstPassword(secret));
  if (made.current) {
    const filled = Object.entries(typed).filter(([, value]) => value !== "");
    return accounts.update(made.current.id, userChanges(Object.fromEntries(filled), made.current));
  }
  made.current = await accounts.add(first);
  return Object.keys(rest).length ? accounts.update(made.current.id, rest) : made.current;
}

function firstPassword({ kind, password, requireChange, welcome }) {
  if (kind === "letter") return { sendWelcomeEmail: true };
  if (kind === "mail") return { setRandomPassword: true };
  return { password, requirePasswordChange: requireChange, ...(welcome && { sendWelcomeEmail: true }) };
}

async function changed(accounts, id, changes, { kind, password, requireChange, revokeSessions }) {
  if (kind === "manual") await accounts.resetPassword(id, { password, requireChange, revokeSessions });
  else if (kind === "mail") await accounts.sendPassword(id, { revokeSessions });
  return accounts.update(id, changes);
}
