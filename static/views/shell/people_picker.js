// Choosing people by typing: a combobox whose choices become chips. What they are chosen for is not known here.
import { html, useEffect, useId, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_aside.js";
import { candidate, rank } from "../../models/jump.js";
import { useChat } from "../context.js";
import { Avatar, Field, IconButton, PersonName, nameOf } from "../parts/parts.js";

const PAUSE_MS = 120; // one question to the server for a word, not for each letter
const MOST_SHOWN = 8;

/** `people` are the chosen users, `without` ids that are not offered; `onChange` gets the new list. */
export function PeoplePicker({ label, optional, hint, error, people, without = [], most, onChange, inputRef }) {
  const chat = useChat();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(null); // null: not looked for yet
  const [at, setAt] = useState(0);
  const listId = useId();
  const input = useRef(null);
  const skipped = new Set([chat.me.peek().id, ...without, ...people.map(({ id }) => id)]);
  const offered = (found ?? []).filter((user) => !skipped.has(user.id)).slice(0, MOST_SHOWN);
  useFound(chat, query, setFound);
  const isFull = people.length >= most;
  const isOpen = query.trim() !== "" && found !== null && !isFull;
  const add = (user) => {
    onChange([...people, user]);
    chat.announcer.say(t("people.added", { name: nameOf(user) }));
    setQuery("");
    setFound(null);
    setAt(0);
    input.current.focus();
  };
  const remove = (user) => {
    onChange(people.filter((other) => other.id !== user.id));
    input.current.focus();
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Backspace" && query === "" && people.length) remove(people.at(-1));
    else if (isOpen && event.key === "ArrowDown") setAt((at + 1) % Math.max(1, offered.length));
    else if (isOpen && event.key === "ArrowUp") setAt((at + offered.length - 1) % Math.max(1, offered.length));
    else if (isOpen && event.key === "Enter" && offered[at]) add(offered[at]);
    else if (isOpen && event.key === "Escape") setQuery("");
    else if (event.key !== "Enter" || query === "") return; // Enter sends the form only when nothing is being chosen
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<${Field} label=${label} optional=${optional} hint=${hint} error=${error}>${(attributes) => html`
    <div class="picker">
      <div class="addresses" onMouseDown=${(event) => pointsBeside(event) && input.current.focus()}>
        ${people.map((user) => html`<${Chip} key=${user.id} user=${user} remove=${() => remove(user)} />`)}
        <input
          type="text" role="combobox" autocomplete="off" spellcheck=${false} dir="auto"
          aria-expanded=${isOpen ? "true" : "false"} aria-controls=${listId} aria-autocomplete="list"
          aria-activedescendant=${isOpen && offered[at] ? `${listId}-${at}` : undefined}
          ref=${(element) => { input.current = element; if (inputRef) inputRef.current = element; }}
          placeholder=${people.length ? undefined : t("people.add")} value=${query} readonly=${isFull || undefined}
          onInput=${(event) => (setQuery(event.currentTarget.value), setAt(0))} onKeyDown=${onKeyDown}
          ...${attributes}
        />
      </div>
      ${isFull && html`<p class="hint" role="status">${t("people.full", { n: most })}</p>`}
      <ul class="menu choices" role="listbox" id=${listId} aria-label=${label} hidden=${!isOpen}>
        ${isOpen && offered.map((user, place) => html`<li
          key=${user.id} id=${`${listId}-${place}`} role="option" aria-selected=${place === at ? "true" : "false"}
          onMouseDown=${(event) => event.preventDefault()} onMouseMove=${() => setAt(place)} onClick=${() => add(user)}
        >
          <${Avatar} user=${user} size="sm" presence /><${PersonName} user=${user} class="clip" />
          <span class="trail clip">@${user.userName}</span>
        </li>`)}
        ${isOpen && !offered.length && html`<${Nobody} />`}
      </ul>
    </div>
  `}<//>`;
}

function Nobody() {
  return html`<li class="nobody" role="option" aria-selected="false" aria-disabled="true">${t("people.none")}</li>`;
}

/** A press between the chips is meant for the text box. */
function pointsBeside(event) {
  if (event.target !== event.currentTarget) return false;
  event.preventDefault();
  return true;
}

function Chip({ user, remove }) {
  return html`<span class="one">
    <${PersonName} user=${user} class="clip" />
    <${IconButton} icon="close" label=${t("people.remove", { name: nameOf(user) })} onClick=${remove} />
  </span>`;
}

/** Those who are known here at once, the others from the server; an answer to an older query is dropped. */
function useFound(chat, query, setFound) {
  useEffect(() => {
    if (!query.trim()) return setFound(null);
    if (chat.people.complete.peek()) return setFound(ranked(query, chat.people.list.peek()));
    let isStale = false;
    const look = async () => {
      const users = await chat.people.find(query).catch(() => []);
      if (!isStale) setFound(users.filter((user) => user.status !== "deactivated"));
    };
    const stop = chat.clock.after(PAUSE_MS, look);
    return () => {
      isStale = true;
      stop();
    };
  }, [query]);
}

function ranked(query, users) {
  const wordsOf = ({ userName, nickname }) => [userName, nickname].filter(Boolean);
  const candidates = users.map((user) => candidate({ user, title: nameOf(user), words: wordsOf(user) }));
  return rank(query, candidates).map((found) => found.candidate.user);
}
