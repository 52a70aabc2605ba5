// Jump to...: any channel or person by a few letters. What fits is models/jump.js's; where it leads is Place's.
import { computed, html, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "../../lib/ui.js";
import { caps } from "../../lib/keys.js";
import { t } from "../../lib/text.js";
import { grouped, rank } from "../../models/jump.js";
import { useChat } from "../context.js";
import { Dialog, Icon, IconButton } from "../parts/parts.js";
import { goFrom } from "./going.js";
import { candidatesOf } from "./switcher_candidates.js";
import { SwitcherRow } from "./switcher_row.js";

const PAUSE_MS = 120;

export function Switcher({ place, close }) {
  const chat = useChat();
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const candidates = useMemo(() => computed(() => candidatesOf(chat)), [chat]).value;
  const { unread, others } = useMemo(() => grouped(rank(query, offered(candidates, query))), [query, candidates]);
  const found = [...unread, ...others];
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  useMorePeople(chat, query);
  const choose = async (one) => {
    if (one.kind === "channel") return goFrom(close, place, one.id);
    try {
      const direct = await chat.channels.openDirect([one.id]);
      return goFrom(close, place, direct.id);
    } catch (refused) {
      return chat.toasts.refused(refused);
    }
  };
  const onKeyDown = (event) => {
    if (event.isComposing || !found.length) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (steps[event.key]) setAt(step(chosen, steps[event.key], found.length));
    else if (event.key === "Enter") choose(found[chosen].candidate);
    else return;
    event.preventDefault();
  };
  const rows = (list, from) => list.map((one, index) => html`<${SwitcherRow}
    key=${one.candidate.key} id=${`${id}-${from + index}`} found=${one} isChosen=${from + index === chosen}
    point=${() => setAt(from + index)} choose=${() => choose(one.candidate)}
  />`);
  return html`<${Dialog} bare label=${t("switcher.label")} testid="switcher">
    <section class="switcher">
      <div class="ask">
        <${Icon} name="search" />
        <input
          type="text" role="combobox" autocomplete="off" autocapitalize="none" spellcheck=${false} dir="auto"
          enterkeyhint="go" aria-label=${t("switcher.field")}
          aria-expanded=${found.length ? "true" : "false"} aria-controls=${id} aria-autocomplete="list"
          placeholder=${t("shell.jump")} aria-activedescendant=${found.length ? `${id}-${chosen}` : undefined}
          value=${query} onInput=${(event) => (setQuery(event.currentTarget.value), setAt(0))} onKeyDown=${onKeyDown}
        />
        <kbd aria-hidden="true">${caps("Escape")[0]}</kbd>
        <${IconButton} icon="close" label=${t("common.close")} onClick=${close} />
      </div>
      <${Choices} id=${id} at=${chosen}>
        ${unread.length > 0 && html`<li class="group" role="presentation" key="unread">${t("switcher.unread")}</li>`}
        ${rows(unread, 0)}
        ${others.length > 0 && html`<li class="group" role="presentation" key="others">${t("switcher.others")}</li>`}
        ${rows(others, unread.length)}
      <//>
      ${!found.length && html`<p class="nobody">${t("switcher.none")}</p>`}
      <p class="vh" role="status">${query && t("switcher.results", { n: found.length })}</p>
      <div class="foot" aria-hidden="true">
        <span><kbd>↑</kbd><kbd>↓</kbd>${t("switcher.choose")}</span><span><kbd>↵</kbd>${t("switcher.open")}</span>
      </div>
    </section>
  <//>`;
}

/** The list, which keeps the chosen row in sight. */
function Choices({ id, at, children }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    ref.current.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    if (at === 0) ref.current.scrollTop = 0; // with the head of the group above it
  }, [at]);
  return html`<ul role="listbox" id=${id} ref=${ref} aria-label=${t("switcher.others")}>${children}</ul>`;
}

/** Without a word only where one is: the rest are hundreds. */
function offered(candidates, query) {
  return query.trim() ? candidates : candidates.filter((one) => one.isMine && !one.isOpen);
}

/** One step wraps around, a page stops at the ends. */
function step(at, by, length) {
  const to = at + by;
  if (Math.abs(by) === 1) return (to + length) % length;
  return Math.min(length - 1, Math.max(0, to));
}

/** On a large server not everybody is known here: the server is asked, and the list grows by itself. */
function useMorePeople(chat, query) {
  useEffect(() => {
    if (!query.trim() || chat.people.complete.peek()) return undefined;
    return chat.clock.after(PAUSE_MS, () => void chat.people.find(query).catch(() => {}));
  }, [query]);
}
