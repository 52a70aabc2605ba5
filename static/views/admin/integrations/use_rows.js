// Rows of this page that stay fresh: looked at again when something of their kind was done.
import { useEffect, useMemo } from "../../../lib/ui.js";
import { RowPages } from "../../../models/row_pages.js";
import { useAdmin, useLive } from "../admin_context.js";

const COUNTED_MS = 60_000; // how often the server writes down what was used

/** `kinds` are beginnings of actions, such as "token."; `look(admin, {offset, limit})` resolves with {rows, total}. */
export function useRows(kinds, look) {
  const admin = useAdmin();
  const list = useMemo(() => new RowPages({ look: (page) => look(admin, page), clock: admin.clock }), [admin]);
  useLive(["audit", "users"], () => list.load(), (payload, topic) => {
    // Who registers himself is no administrative deed, and stands in no audit log.
    const action = topic === "audit" ? payload.entry.action : `user.${payload.change}`;
    const isMine = action !== "user.updated" && kinds.some((kind) => action.startsWith(kind));
    if (isMine) list.refresh();
  });
  useEffect(() => {
    let cancel = null;
    const again = () => (cancel = admin.clock.after(COUNTED_MS, () => (list.refresh(), again())));
    again();
    return () => {
      cancel();
      list.close();
    };
  }, [list]);
  return list;
}
