// What an administrator may do with somebody, by the state of the account and by what the server can. How is the views'.

/** The names of the deeds in order; "rule" parts them, and the last part is the destructive one. */
export function userDeeds({ status, role, isAdmin, email, totpEnabled }, { isMe, hasEmail }) {
  if (isMe) return ["view", "edit"];
  if (status === "deactivated") return ["activate", "rule", "remove"];
  const first = ["view", "edit"];
  const second = [];
  if (status === "pending") second.push(hasEmail && email ? "welcome" : "password");
  else if (role !== "bot") {
    first.push(isAdmin ? "demote" : "promote");
    second.push("password", ...(totpEnabled ? ["totp"] : []), "endSessions", "export");
  }
  return [...first, ...(second.length ? ["rule", ...second] : []), "rule", "deactivate", "remove"];
}
