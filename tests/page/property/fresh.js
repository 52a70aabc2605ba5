// What somebody sees who comes now: a new Chat on a network without mischief, and all messages page by page.
import { Chance } from "./chance.js";
import { Memory } from "./memory.js";
import { chatOn, failures, plain, standing } from "./page.js";

/** `threads` are the ids of the first messages of those that are wanted. */
export async function fresh({ user, url, threads }) {
  const chat = chatOn({ user, connect: () => new WebSocket(url), chance: new Chance(1), storage: new Memory() });
  await new Promise((resolve) => {
    chat.connection.state.subscribe((state) => state === "up" && resolve());
    chat.start();
  });
  const timelines = {};
  const joined = [...chat.channels.cells.values()].map((cell) => cell.peek()).filter((channel) => channel.joined);
  await Promise.all(joined.map(({ id }) => fetchChannel(chat, id, new Set(threads), timelines)));
  const found = { ...standing(chat), timelines, failures };
  chat.stop();
  return found;
}

async function fetchChannel(chat, channelId, threads, timelines) {
  timelines[channelId] = await pages(chat, "message.history", { channelId });
  const roots = timelines[channelId].map(({ id }) => id).filter((id) => threads.has(id));
  await Promise.all(
    roots.map(async (id) => (timelines[`${channelId} ${id}`] = await pages(chat, "thread.history", { messageId: id }))),
  );
}

async function pages(chat, type, of) {
  let messages = [];
  for (let before = null; ; before = messages[0].id) {
    const page = await chat.ask(type, { ...of, ...(before && { before }), limit: 200 });
    messages = [...page.messages, ...messages];
    if (!page.hasMore) return messages.map(plain);
  }
}
