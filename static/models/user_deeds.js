// What an administrator may do with somebody, by the state of the account and by what the server can. How is the views'.

/** The account that system tokens act as: nobody signs in as it, and nobody changes it. */
export const isFixed = ({ id }) => id === "system";

/** The names of the deeds in order; "rule" parts them, and the last part is the destructive one. */
export function userDeeds({ id, status, role, isAdmin, email, totpEnabled }, { isMe, hasEmail }) {
  if (isFixed({ id })) return ["view"];
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
