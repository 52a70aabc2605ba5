// One user with what only administrators see, kept fresh while he is looked at.
import { useState } from "../../lib/ui.js";
import { Refused } from "../../models/errors.js";
import { request } from "../../models/frames.js";
import { useAdmin, useLive } from "./admin_context.js";

/** `{user, isGone, changed}`: null until the first answer; `changed` counts what others did to him meanwhile. */
export function useUser(id) {
  const admin = useAdmin();
  const [state, setState] = useState({ user: null, isGone: false, changed: 0 });
  const put = (user, by) => setState((before) => ({ user: { ...before.user, ...user }, isGone: false, changed: before.changed + by }));
  const load = async () => {
    if (id === null) return;
    try {
      put((await admin.ask(request.adminGetUser, { userId: id })).user, 0);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      if (refused.code === "not_found") setState((before) => ({ ...before, isGone: true }));
    }
  };
  useLive(["users", "sessions"], load, (payload, topic) => {
    if (topic === "sessions") return void (payload.session?.userId === id && load());
    if (payload.user.id !== id) return undefined;
    if (payload.change === "removed") return setState((before) => ({ ...before, isGone: true }));
    put(payload.user, 1);
    return void load();
  });
  return state;
}
