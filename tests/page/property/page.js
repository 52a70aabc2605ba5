// A Chat as app.js makes it, on a network that is handed in, and its state in a form that can be compared.
import { Chat } from "/project/static/models/chat.js";
import { clock } from "./memory.js";

export function chatOn({ user, connect, chance, storage }) {
  return new Chat({
    user,
    version: null,
    connect,
    whoAmI: async () => ({ status: 0, retryAfterMs: null }),
    network: { online: () => true, onChange: () => {} },
    clock,
    random: chance.next,
    uuid: () => crypto.randomUUID(),
    storage,
    preferences: {},
    firstChannel: null,
    hooks: { ended: (how) => fail(`ended: ${JSON.stringify(how)}`), restricted: () => {}, reload: () => false },
  });
}

export const failures = [];

export function fail(what) {
  if (failures.length < 20) failures.push(String(what?.stack ?? what));
}

addEventListener("error", ({ error, message }) => fail(error ?? message));
addEventListener("unhandledrejection", ({ reason }) => fail(reason));

/** Everything that events keep up to date, by id. */
export function standing(chat) {
  const channels = {};
  for (const [id, cell] of chat.channels.cells) {
    const { activeAt: _, seq, ...channel } = cell.peek();
    channels[id] = { ...channel, seq: channel.joined ? seq : null }; // of others one hears no events
  }
  const people = Object.fromEntries(chat.people.list.peek().map((user) => [user.id, user]));
  return { channels, people, me: chat.me.peek(), server: chat.server.peek() };
}

/** A message as it is compared: reactions are sets; of its author's name and face people.js has the present ones. */
export function plain({ author, reactions, ...message }) {
  const kinds = Object.keys(reactions).sort();
  return { ...message, author: author.id, reactions: kinds.map((kind) => [kind, [...reactions[kind]].sort()]) };
}
