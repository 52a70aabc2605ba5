// How the parts of the admin panel reach its model, and how they stay live.
import { createContext, effect, untracked, useContext, useEffect, useRef } from "../../lib/ui.js";

export const AdminContext = createContext(null);

/** The AdminPanelModel of the open panel. */
export function useAdmin() {
  return useContext(AdminContext);
}

/**
 * Calls `load()` at once and after every loss of the connection, when nobody tells what was missed, and
 * `take(payload, topic)` for every event of `topics` in between.
 */
export function useLive(topics, load, take) {
  const admin = useAdmin();
  const latest = useRef(null);
  latest.current = { load, take };
  useEffect(() => {
    const off = admin.follow(topics, (payload, topic) => latest.current.take(payload, topic));
    const stop = effect(() => admin.chat.connection.state.value === "up" && untracked(() => void latest.current.load()));
    return () => {
      off();
      stop();
    };
  }, []);
}
