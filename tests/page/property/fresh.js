// What somebody sees who comes now: a new Chat on a network without mischief, and all messages page by page.
import { Chance } from "./chance.js";
import { Memory } from "./memory.js";
import { chatOn, failures, plain, standing } from "./page.js";

export async function fresh({ user, url }) {
  const chat = chatOn({ user, connect: () => new WebSocket(url), chance: new Chance(1), storage: new Memory() });
  await new Promise((resolve) => {
    const stop = chat.connection.state.subscribe((state) => state === "up" && resolve());
    void stop;
    chat.start();
  });
  const timelines = {};
  for (const [id, cell] of chat.channels.cells) if (cell.peek().joined) await fetchChannel(chat, id, timelines);
  const found = { ...standing(chat), timelines, failures };
  chat.stop();
  return found;
}

async function fetchChannel(chat, channelId, timelines) {
  timelines[channelId] = await pages(chat, "message.history", { channelId });
  const roots = timelines[channelId].map(({ id }) => id);
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
