// What the keys do in the composer's text box. An open completion list has them first.
import { editLast } from "../stream/editing.js";
import { stopQuoting } from "../stream/quoting.js";
import { formatOf } from "./shortcuts.js";

const COMPOSING = 229; // Safari ends the composition before the Enter that ended it

/** `writing` is what use_writing.js gives, `completion` what completion.js does. */
export function writingKeys({ chat, channel, threadId, completion, writing }) {
  const timeline = () => (threadId ? chat.thread(threadId) : chat.timeline(channel.id));
  const deeds = [
    { fits: (event) => event.key === "Enter" && !event.shiftKey && !event.altKey, run: () => writing.send() },
    { fits: (event) => formatOf(event) !== null, run: (event) => writing.formatAs(formatOf(event)) },
    {
      fits: (event) => event.key === "ArrowUp" && !hasModifier(event) && event.currentTarget.value === "",
      run: () => editLast(timeline(), chat.me.peek().id),
    },
    { fits: (event) => event.key === "Escape" && writing.quoted !== null, run: () => stopQuoting() },
  ];
  return (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) return;
    if (completion.onKeyDown(event)) return;
    const deed = deeds.find(({ fits }) => fits(event));
    if (!deed || deed.run(event) === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function hasModifier(event) {
  return event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
}
