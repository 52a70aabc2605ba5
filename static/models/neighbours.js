// The next or previous channel in the order of the sidebar. Which rows stand there is the caller's.

/** The id `by` rows on from the open one, around the ends, of those that are wanted; null when there is none. */
export function neighbour(channels, openId, by, isWanted = () => true) {
  const at = channels.findIndex(({ id }) => id === openId);
  const start = at < 0 && by < 0 ? 0 : at;
  for (let step = 1; step <= channels.length; step += 1) {
    const place = (start + by * step) % channels.length;
    const found = channels[(place + channels.length) % channels.length];
    if (found.id !== openId && isWanted(found)) return found.id;
  }
  return null;
}
