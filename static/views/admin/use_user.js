// One user with what only administrators see, kept fresh while he is looked at.
import { useState } from "../../lib/ui.js";
import { Refused } from "../../models/errors.js";
import { request } from "../../models/frames.js";
import { useAdmin, useLive } from "./admin_context.js";

/** `{user, isGone}`: `user` is null until the first answer. */
export function useUser(id) {
  const admin = useAdmin();
  const [state, setState] = useState({ user: null, isGone: false });
  const put = (user) => setState((before) => ({ user: { ...before.user, ...user }, isGone: false }));
  const load = async () => {
    if (id === null) return;
    try {
      put((await admin.ask(request.adminGetUser, { userId: id })).user);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      if (refused.code === "not_found") setState((before) => ({ ...before, isGone: true }));
    }
  };
  useLive(["users", "sessions"], load, (payload, topic) => {
    if (topic === "sessions") return void (payload.session?.userId === id && load());
    if (payload.user.id !== id) return undefined;
    if (payload.change === "removed") return setState((before) => ({ ...before, isGone: true }));
    put(payload.user);
    return void load();
  });
  return state;
}
