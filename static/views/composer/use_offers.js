// Brings together what offers.js needs: who and what there is now, and what has to be fetched before it can be offered.
import { useEffect, useState } from "../../lib/ui.js";
import { useChat } from "../context.js";
import { emojiIndex, loadEmoji } from "./emoji_source.js";
import { offersFor } from "./offers.js";

const MOST_MEMBERS = 200; // one page: in a larger channel everybody is offered alike
const QUIET_MS = 120;

/** The offers for the token at the caret, also as more becomes known; empty without a token. */
export function useOffers(token, channel) {
  const chat = useChat();
  const memberIds = useMemberIds(token?.kind === "person", channel);
  useFound(token?.kind === "person" ? token.query : null);
  useEffect(() => {
    if (token?.kind === "emoji") loadEmoji().catch(() => {}); // nothing is offered then, the name can be typed out
  }, [token?.kind]);
  if (!token) return [];
  return offersFor(token, {
    channel,
    memberIds,
    people: chat.people.list.value,
    channels: chat.channels.list.value,
    emoji: emojiIndex.value,
    recent: chat.settings.recentEmoji.value,
    meId: chat.me.value.id,
  });
}

/** Who is in the channel, fetched when somebody is first named there; null while it is not known. */
function useMemberIds(isWanted, channel) {
  const { channels } = useChat();
  const [known, setKnown] = useState(null);
  useEffect(() => {
    if (!isWanted || channel.kind === "dm" || channel.memberCount > MOST_MEMBERS) return undefined;
    let isCurrent = true;
    channels.members(channel.id, 0, MOST_MEMBERS).then(
      ({ members }) => isCurrent && setKnown(new Set(members.map((user) => user.id))),
      () => {}, // all people are offered without an order
    );
    return () => (isCurrent = false);
  }, [isWanted, channel.id, channel.memberCount]);
  return channel.kind === "dm" ? new Set(channel.userIds) : known;
}

/** Where not all people are known, asks the server for those of the query; they appear in `people.list`. */
function useFound(query) {
  const { people, clock } = useChat();
  const isComplete = people.complete.value;
  useEffect(() => {
    if (!query || isComplete) return undefined;
    return clock.after(QUIET_MS, () => people.find(query).catch(() => {}));
  }, [query, isComplete]);
}
