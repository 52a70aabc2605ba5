// The people, channels and messages of the models' tests, and a server that says what a test lets it say.
import { Refused } from "../../../static/models/errors.js";
import { settled } from "./manual_clock.js";

export const alice = person("alice");
export const bob = person("bob");
export const admin = person("admin", { role: "admin", isAdmin: true });
export const eve = person("eve");

export function person(id, more = {}) {
  const displayName = id[0].toUpperCase() + id.slice(1);
  return { id, userName: id, displayName, nickname: null, role: "user", isAdmin: false, status: "active", ...more };
}

export function channel(id, more = {}) {
  return {
    id, name: id, topic: "", kind: "public", createdBy: "admin", createdAt: 1, archivedAt: null, seq: 0, memberCount: 4,
    userIds: [], joined: true, unread: 0, mentions: 0, lastReadId: null, ...more,
  };
}

/** The `seq`-th change of general: a message of bob's. */
export function message(seq, more = {}) {
  const { by = bob, changedSeq = seq, ...rest } = more;
  return {
    id: `m${seq}`, channelId: "general", seq, changedSeq, content: `text ${seq}`,
    author: { id: by.id, displayName: by.displayName },
    createdAt: 1000 + seq, updatedAt: null, deletedAt: null, threadId: null, thread: null, reactions: {}, mentions: [],
    quotedMessageId: null, clientId: null, ...rest,
  };
}

export function messages(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

export function created(of, parent) {
  return {
    type: "message.created",
    channelId: of.channelId,
    seq: of.seq,
    payload: { message: of, ...(parent && { parent }) },
  };
}

export function updated(of) {
  return { type: "message.updated", channelId: of.channelId, seq: of.changedSeq, payload: { message: of } };
}

export function deleted(of, seq) {
  const message = { ...of, changedSeq: seq, content: "", deletedAt: 5000 + seq, reactions: {}, mentions: [] };
  return { type: "message.deleted", channelId: of.channelId, seq, payload: { message } };
}

export function reacted(messageId, seq, { by = bob, reaction = "👍", on = true } = {}) {
  const type = on ? "reaction.added" : "reaction.removed";
  return { type, channelId: "general", seq, payload: { messageId, userId: by.id, reaction } };
}

export function refused(code, more = {}) {
  return new Refused({ code, message: "No.", ...more });
}

/** What was asked of a server, each to be answered by the test. */
export class Server {
  #open = [];
  asked = []; // everything that was ever asked: [type, payload]

  ask = (type, payload = {}) =>
    new Promise((answer, refuse) => {
      this.asked.push([type, payload]);
      this.#open.push({ type, payload, answer, refuse });
    });

  /** What waits for an answer, by type. */
  get waiting() {
    return this.#open.map(({ type }) => type);
  }

  /** The payload of the oldest request of this type that waits. */
  payload(type) {
    return this.#find(type).payload;
  }

  async answer(type, payload = {}) {
    this.#take(type).answer(payload);
    await settled();
  }

  async refuse(type, code, more) {
    this.#take(type).refuse(refused(code, more));
    await settled();
  }

  #find(type) {
    const found = this.#open.find((one) => one.type === type);
    if (!found) throw new Error(`${type} was not asked; waiting: ${this.waiting.join(", ") || "nothing"}`);
    return found;
  }

  #take(type) {
    const found = this.#find(type);
    this.#open.splice(this.#open.indexOf(found), 1);
    return found;
  }
}

/** Storage as models know it, in memory. */
export class Memory {
  kept = new Map();
  get = (key) => JSON.parse(this.kept.get(key) ?? "null");
  set = (key, value) => void this.kept.set(key, JSON.stringify(value));
  remove = (key) => void this.kept.delete(key);
  keys = (prefix = "") => [...this.kept.keys()].filter((key) => key.startsWith(prefix)).sort();
}

/** A WebSocket whose other end is the test. */
export class FakeWebSocket {
  #listeners = { message: [], close: [] };
  readyState = 0;
  sent = []; // frames

  addEventListener(name, listener) {
    this.#listeners[name].push(listener);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 2;
  }

  // --- the other end

  open() {
    this.readyState = 1;
  }

  say(frame) {
    for (const listener of this.#listeners.message) listener({ data: JSON.stringify(frame) });
  }

  hello(more = {}) {
    this.open();
    this.say({ type: "hello", payload: { heartbeatSeconds: 25, serverVersion: "1", restricted: null, ...more } });
  }

  bye(code, more = {}) {
    this.say({ type: "bye", payload: { code, reason: "", reconnect: code < 4500, ...more } });
    this.end(code);
  }

  end(code = 1006) {
    this.readyState = 3;
    for (const listener of this.#listeners.close) listener({ code, reason: "" });
  }

  /** Answers the last request of this type. */
  reply(type, payload = {}) {
    const { id } = this.sent.findLast((frame) => frame.type === type);
    this.say({ type: "reply", id, ok: true, payload });
  }
}
