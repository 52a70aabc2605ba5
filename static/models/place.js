// Where the reader is: list, channel, thread or members, as one route that can be read, written and left. The address
// of the window follows it in views/shell/routing.js.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { adminRoute, parentOf, routeOf } from "./route.js";

export class Place {
  #open;
  #me;
  #admin = signal(null); // the page of the admin panel, which lies over the chat: what is open there stays
  #unsaved = null;
  #membersOf = signal(null); // the channel whose members are shown: with another channel they are closed by themselves

  /** `me` is the signal of oneself: for who is no administrator there is no admin panel. */
  constructor(open, me) {
    this.#open = open;
    this.#me = me;
    this.route = computed(() => {
      if (this.#admin.value && me.value.isAdmin) return adminRoute(...this.#admin.value);
      const channelId = open.channelId.value;
      const members = channelId !== null && this.#membersOf.value === channelId;
      return routeOf(channelId, { threadId: open.threadId.value, members });
    });
  }

  /** `unsaved` is asked before a page of the admin panel is left; null: there is none any more. */
  holdBy(unsaved) {
    this.#unsaved = unsaved;
  }

  /** Whether it is there already: where something is unsaved the reader is asked first. */
  go(route) {
    return this.#leaving(() => this.#set(route));
  }

  #leaving(go) {
    const isHeld = this.#unsaved?.isHeld && this.route.peek().admin; // a lost role does not ask
    if (isHeld) this.#unsaved.mayLeave().then((may) => may && go());
    else go();
    return !isHeld;
  }

  #set({ channelId, threadId, members, admin }) {
    batch(() => {
      this.#admin.value = this.#me.peek().isAdmin ? admin : null;
      if (admin) return;
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

  /** Back to what is open in the chat. */
  leaveAdmin() {
    this.#leaving(() => (this.#admin.value = null));
  }

  toggleMembers() {
    const { channelId, members } = this.route.peek();
    this.go(routeOf(channelId, { members: !members }));
  }

  /** Closes thread or members, or what stands beside a page of the admin panel; false when there is no such thing. */
  closePanel() {
    const { channelId, threadId, members, admin } = this.route.peek();
    if (admin?.length === 2) return this.leave(), true;
    if (threadId === null && !members) return false;
    this.go(routeOf(channelId));
    return true;
  }
}
