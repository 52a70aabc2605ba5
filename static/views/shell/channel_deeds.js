// What one does to a channel as a whole: each asks where it cannot be taken back, does it, and tells the result.
import { t } from "../../lib/text.js";
import { isDefault } from "../../models/channel_rights.js";
import { Refused } from "../../models/errors.js";
import { LIST, routeOf } from "../../models/route.js";
import { provingAsk } from "../later.js";
import { confirm } from "../parts/parts.js";
import { isNarrow } from "./width.js";

export async function join({ chat, place, channel }) {
  await attempt(chat, async () => {
    await chat.channels.join(channel.id);
    place.go(routeOf(channel.id));
  });
}

/** A private channel is asked about: one cannot come back by oneself. */
export async function leave({ chat, place, channel }) {
  const { name } = channel;
  const isPrivate = channel.kind === "private";
  if (isPrivate && !(await asked("leavePrivate", name, { danger: true }))) return;
  await attempt(chat, async () => {
    await chat.channels.leave(channel.id);
    goAway({ chat, place, channel });
    const action = isPrivate ? null : { label: t("channel.joinAgain"), run: () => join({ chat, place, channel }) };
    chat.toasts.show({ text: t("channel.left", { name }), action });
  });
}

export async function archive({ chat, place, channel }) {
  if (!(await asked("archive", channel.name))) return;
  await attempt(chat, async () => {
    await chat.channels.archive(channel.id, true);
    const undo = { label: t("channel.unarchive"), run: () => unarchive({ chat, place, channel }) };
    chat.toasts.show({ text: t("channel.archivedNow", { name: channel.name }), action: undo });
  });
}

export async function unarchive({ chat, channel }) {
  await attempt(chat, async () => {
    await chat.channels.archive(channel.id, false);
    chat.toasts.show({ text: t("channel.openAgainNow", { name: channel.name }) });
  });
}

/** Makes a public channel private, or a private one public. */
export async function reshape({ chat, channel }) {
  const kind = channel.kind === "public" ? "private" : "public";
  if (!(await asked(kind === "private" ? "makePrivate" : "makePublic", channel.name))) return;
  await attempt(chat, () => chat.channels.update(channel.id, { kind }));
}

export async function remove({ chat, place, channel }) {
  if (!(await asked("delete", channel.name, { danger: true }))) return;
  await attempt(chat, async () => {
    await chat.channels.remove(channel.id, provingAsk(chat));
    goAway({ chat, place, channel });
    chat.toasts.show({ text: t("channel.deletedNow", { name: channel.name }) });
  });
}

/** Nobody is left standing in a channel that he has just left: to `general`, on a phone to the list. */
function goAway({ chat, place, channel }) {
  if (place.route.peek().channelId !== channel.id) return;
  const home = homeOf(chat);
  place.go(isNarrow.peek() || !home ? LIST : routeOf(home.id));
}

/** The channel that everybody is in, or else the first one. */
export function homeOf(chat) {
  const open = chat.channels.list.peek().filter((channel) => channel.archivedAt === null);
  return open.find(isDefault) ?? open[0] ?? null;
}

function asked(deed, name, { danger = false } = {}) {
  const words = (part) => t(`channel.${deed}.${part}`, { name });
  return confirm({ title: words("title"), body: words("body"), deed: words("deed"), danger });
}

async function attempt(chat, deed) {
  try {
    await deed();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    chat.toasts.refused(refused);
  }
}
