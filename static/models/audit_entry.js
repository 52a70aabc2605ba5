// What an entry of the audit log says: in words, on whom, and its details as pairs. No DOM.
import { hasText, t } from "../lib/text.js";

export const COMMAND_LINE = "command line"; // in the place of a user's id
const REFUSED = /(^denied|\.failed|\.refused|\.refreshedTwice)$/;
const PEOPLE = new Set(["ownerId", "fromUserId", "toUserId"]);
const WORDED = new Set(["way", "reason", "notSent", "kind", "role", "erasure", "what"]);
const ICONS = {
  audit: "info", bot: "bot", channel: "hash", denied: "ban", export: "download", link: "link", proof: "ban",
  registration: "ban", role: "shield", session: "out", settings: "sliders", signIn: "out", token: "key", totp: "phone",
  user: "user", webhook: "plug",
};
const OWN_ICONS = {
  "signIn.failed": "alert", "user.added": "user-plus", "user.invited": "mail", "user.welcomed": "mail",
  "user.removed": "trash", "user.deactivated": "ban", "user.passwordReset": "key", "user.passwordChanged": "key",
  "user.passwordChosen": "key", "user.passwordForgotten": "key", "link.refused": "ban", "totp.refused": "ban",
  "channel.deleted": "trash", "bot.removed": "trash",
};

/** The sentence; an action that this page is too old for is named as it is. */
export function whatText({ action }) {
  const key = `audit.did.${action}`;
  return hasText(key) ? t(key) : action;
}

export function iconOf({ action }) {
  return OWN_ICONS[action] ?? ICONS[action.split(".")[0]] ?? "info";
}

export const isRefusal = ({ action }) => REFUSED.test(action);

/** Who did it, in words. `names` has people and channels by their ids. */
export function whoText({ actorId, ip }, names) {
  if (actorId === COMMAND_LINE) return t("audit.commandLine");
  if (actorId === null) return t(ip === "" ? "audit.server" : "audit.nobody");
  return personText(actorId, names);
}

function personText(id, { people }) {
  const face = people.get(id);
  return face ? face.displayName || face.userName : t("person.unknown");
}

/** On whom or what, and the one detail that says most. */
export function whomText(entry, names) {
  const { actorId, targetId, detail } = entry;
  const own = targetId === actorId && targetId !== null;
  const target = targetId === null || own ? null : targetText(targetId, detail, names);
  const more = moreText(entry, names);
  if (target === null) return more ?? "";
  return more === null || more === target ? target : t("audit.of", { name: target, more });
}

function targetText(id, detail, names) {
  if (names.channels.has(id)) return `# ${names.channels.get(id)}`;
  if (names.people.has(id)) return personText(id, names);
  return detail.userName ?? detail.email ?? detail.name ?? t("person.unknown");
}

// Of several, the first says most.
const TELLING = [
  "role", "reason", "notSent", "way", "request", "channelId", "toUserId",
  "fields", "name", "userName", "what",
];

function moreText({ detail }, names) {
  const key = TELLING.find((name) => detail[name] !== undefined && detail[name] !== null);
  return key === undefined ? null : valueText(key, detail[key], names);
}

/** The details: [{key, label, value, isCode}], in the order of the server. */
export function factsOf({ detail }, names) {
  return Object.entries(detail).map(([key, value]) => ({
    key,
    label: labelOf(key),
    value: valueText(key, value, names),
    isCode: (/Id$|^viaToken$/.test(key) && !PEOPLE.has(key) && !names.channels.has(value)) || key === "request",
  }));
}

function labelOf(key) {
  if (hasText(`audit.fact.${key}`)) return t(`audit.fact.${key}`);
  return hasText(`audit.did.${key}`) ? t(`audit.did.${key}`) : key;
}

const fieldText = (name) => (hasText(`audit.field.${name}`) ? t(`audit.field.${name}`) : String(name));

function valueText(key, value, names) {
  if (PEOPLE.has(key) && typeof value === "string") return personText(value, names);
  if (key === "channelId" && names.channels.has(value)) return `# ${names.channels.get(value)}`;
  if (key === "uses" && value === null) return t("audit.unlimited");
  if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
  if (WORDED.has(key) && hasText(`audit.${key}.${value}`)) return t(`audit.${key}.${value}`);
  if (Array.isArray(value)) return value.map(fieldText).join(", ");
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}
