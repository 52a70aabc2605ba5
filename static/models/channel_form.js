// What a channel's name and topic may be, said before the server has to (PROTOCOL.md, "Text"). No sentences.

export const LONGEST_NAME = 80;
export const LONGEST_TOPIC = 250;

/** {name?, topic?}: "missing" or "long" for what is wrong. Lengths count code points, as the server does. */
export function faults({ name, topic }) {
  const found = {};
  if (!name.trim()) found.name = "missing";
  else if ([...name].length > LONGEST_NAME) found.name = "long";
  if ([...topic].length > LONGEST_TOPIC) found.topic = "long";
  return found;
}

/** What of the form differs from the channel. */
export function changes({ name, topic }, channel) {
  return {
    ...(name !== channel.name && { name }),
    ...(topic !== channel.topic && { topic }),
  };
}
