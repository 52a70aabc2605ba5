// Names in a sentence, and who a message's author is now. No markup.
import { t } from "../../lib/text.js";
import { nameOf } from "../parts/person.js";

const MOST_NAMED = 8;

/** "Aiko", "Aiko and you", "Aiko, Tomás and you", "Aiko, ... and 12 others". */
export function listed(names) {
  if (names.length < 2) return names[0] ?? "";
  if (names.length > MOST_NAMED) {
    const n = names.length - MOST_NAMED + 1;
    return t("stream.names.others", { first: names.slice(0, MOST_NAMED - 1).join(", "), n });
  }
  return t("stream.names.two", { first: names.slice(0, -1).join(", "), last: names.at(-1) });
}

/** The names of these users, oneself last and as "you". */
export function namesOf(userIds, people, meId) {
  const others = userIds.filter((id) => id !== meId).map((id) => nameOf(people.get(id)));
  return listed(userIds.includes(meId) ? [...others, t("common.you")] : others);
}

/** A message tells who its author was when it was fetched; what is known of him by now wins. */
export function authorNow(author, user) {
  if (!user) return author;
  const { displayName, userName, avatarUrl } = user;
  return { ...author, displayName, userName, avatarUrl, removed: author.removed || Boolean(user.removed) };
}
