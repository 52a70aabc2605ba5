// The list of the open channel, for those who send the reader to its end from elsewhere: Escape. The list itself is
// stream.js.
import { useLayoutEffect } from "../../lib/ui.js";

let main = null;

/** Makes this list the one that is meant, while it is on the page; a thread's is not. */
export function useMain({ list }) {
  useLayoutEffect(() => {
    if (list.threadId !== null) return undefined;
    main = list;
    return () => {
      if (main === list) main = null;
    };
  }, []);
}

/** "Mark read and go to the end." False where no channel is open. */
export function readAll(chat) {
  if (!main) return false;
  main.toEnd();
  const newest = main.timeline.newest.peek();
  if (newest && !main.timeline.hasNewer.peek()) chat.open.seen(newest.id);
  return true;
}
