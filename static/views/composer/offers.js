// What is offered for an unfinished @name, #channel or :emoji:, from what is handed in. Shown by completion_list.js.
import { t } from "../../lib/text.js";
import { fit, fold, ranked } from "./matching.js";

const MOST = 8;

/**
 * The offers {key, insert, title, note, user | sign | icon} for a token of token.js, best first. `sources`: `channel`,
 * `people` in order, `memberIds` (a Set, or null where not known), `channels`, `emoji` (an EmojiIndex or null),
 * `recent`, `meId`.
 */
export function offersFor(token, sources) {
  return offer[token.kind](token.query, sources);
}

const offer = { person: people, channel: channels, emoji };

function people(query, { channel, people: all, memberIds, meId }) {
  const groups = channel.kind === "dm" ? [] : groupsFor(fold(query), channel);
  const others = all.filter((user) => user.id !== meId);
  const found = insideFirst(ranked(query, others, namesOf, Infinity), memberIds, fold(query));
  return [...found.slice(0, MOST - groups.length).map((user) => person(user, memberIds)), ...groups];
}

function namesOf(user) {
  return [user.userName, user.displayName, user.nickname];
}

/** Who is in the channel comes first, unless somebody else's whole user name was typed. */
function insideFirst(found, memberIds, query) {
  if (!memberIds) return found;
  const isFirst = (user) => memberIds.has(user.id) || (query !== "" && fit(query, user.userName) === 0);
  return [...found.filter(isFirst), ...found.filter((user) => !isFirst(user))];
}

function person(user, memberIds) {
  const isOutside = memberIds && !memberIds.has(user.id);
  return {
    key: user.id,
    insert: `@${user.userName}`,
    title: user.displayName,
    note: `@${user.userName}`,
    trail: isOutside ? t("completion.outside") : null,
    user,
  };
}

function groupsFor(query, { name }) {
  return [
    { key: "@channel", title: "@channel", note: t("completion.everybody", { name }) },
    { key: "@here", title: "@here", note: t("completion.here", { name }) },
  ]
    .filter(({ title }) => title.slice(1).startsWith(query))
    .map((group) => ({ ...group, insert: group.title, icon: "people" }));
}

function channels(query, { channels: all }) {
  return ranked(query, all, (channel) => [channel.name], MOST).map((channel) => ({
    key: channel.id,
    insert: `#${channel.name}`,
    title: channel.name,
    note: channel.topic,
    icon: channel.kind === "private" ? "lock" : "hash",
  }));
}

function emoji(query, { emoji: index, recent }) {
  const found = index?.search(query, { limit: MOST, recent }) ?? [];
  return found.map(({ sign, name, label }) => ({ key: sign, insert: sign, title: `:${name}:`, note: label, sign }));
}
