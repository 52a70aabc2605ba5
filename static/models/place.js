// Where the reader is: list, channel, thread or members, as one route that can be read, written and left. The address
// of the window follows it in views/shell/routing.js.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { parentOf, routeOf } from "./route.js";

export class Place {
  #open;
  #membersOf = signal(null); // the channel whose members are shown: with another channel they are closed by themselves

  constructor(open) {
    this.#open = open;
    this.route = computed(() => {
      const channelId = open.channelId.value;
      const members = channelId !== null && this.#membersOf.value === channelId;
      return routeOf(channelId, { threadId: open.threadId.value, members });
    });
  }

  go({ channelId, threadId, members }) {
    batch(() => {
      this.#open.show(channelId);
      if (threadId === null) this.#open.closeThread();
      else this.#open.showThread(threadId);
      this.#membersOf.value = members ? channelId : null;
    });
  }

  /** One step towards the list. */
  leave() {
    this.go(parentOf(this.route.peek()));
  }

  toggleMembers() {
    const { channelId, members } = this.route.peek();
    this.go(routeOf(channelId, { members: !members }));
  }

  /** Closes thread or members; false when there is no panel. */
  closePanel() {
    const { channelId, threadId, members } = this.route.peek();
    if (threadId === null && !members) return false;
    this.go(routeOf(channelId));
    return true;
  }
}
