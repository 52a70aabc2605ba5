// The members of a channel, page by page, read again when they change. How they look is the panel's.
import { useCallback, useEffect, useRef, useState } from "../../lib/ui.js";
import { event } from "../../models/frames.js";
import { useChat } from "../context.js";

const PAGE = 100;

/** {members or null, total or null, error, isLoading, loadMore(), reload()}; `members` are in the server's order. */
export function useMembers(channel) {
  const chat = useChat();
  const [state, setState] = useState({ members: null, total: null, error: null, isLoading: true });
  const asked = useRef(0);
  const isUp = chat.connection.state.value === "up";
  const load = useCallback(
    async (offset, limit) => {
      const mine = ++asked.current;
      setState((before) => ({ ...before, isLoading: true, error: null }));
      try {
        const { members, total } = await chat.channels.members(channel.id, offset, limit);
        if (mine !== asked.current) return;
        chat.channels.change(channel.id, { memberCount: total });
        setState(({ members: before }) => ({
          members: offset ? joined(before, members) : members, total, error: null, isLoading: false,
        }));
      } catch (error) {
        if (mine === asked.current) setState((before) => ({ ...before, error, isLoading: false }));
      }
    },
    [channel.id],
  );
  const held = state.members?.length ?? 0;
  const reload = useCallback(() => load(0, Math.min(200, Math.max(PAGE, held))), [load, held]);
  useEffect(() => {
    if (isUp) reload(); // also after each reconnect: who came and went meanwhile was not heard
  }, [channel.id, channel.memberCount, isUp]);
  useEffect(() => {
    // Accounts that come and go are members of public channels, and no event of the channel says so.
    const stops = [
      chat.on(event.userCreated, reload),
      chat.on(event.userRemoved, reload),
      chat.on(event.userUpdated, ({ user }) => user.status === "deactivated" && reload()),
    ];
    return () => stops.forEach((stop) => stop());
  }, [chat, reload]);
  useEffect(() => () => void (asked.current += 1), []);
  return { ...state, loadMore: () => load(held, PAGE), reload };
}

function joined(before, more) {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...more.filter(({ id }) => !known.has(id))];
}
