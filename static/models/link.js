// What a link in a letter opens: a password to choose, an address to confirm, an account to make. Places inside the chat
// are route.js's.

export const LINK_KINDS = ["password", "verify", "join"];
const LONGEST = 128; // the server's secrets are shorter

/** {kind, token} of a hash such as `#/password/<token>`; null for every other one. */
export function parseLink(hash) {
  const [, kind, token] = /^#\/(\w+)\/([\w-]+)$/.exec(hash) ?? [];
  if (!LINK_KINDS.includes(kind) || token.length > LONGEST) return null;
  return { kind, token };
}
