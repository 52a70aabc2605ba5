// The keyboard in the list of people: arrows from row to row, and the focus kept when a row under it goes.
import { useLayoutEffect, useRef } from "../../lib/ui.js";
import { isWriting } from "../../lib/keys.js";
import { useChat } from "../context.js";

/** Arrows, Home and End go to the same button of another row; a slash searches, N goes to the new user's form. */
export function useRowKeys(ref, search) {
  const { letterKeys } = useChat().settings;
  const onKeyDown = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
    const target = stepped(event, ref.current) ?? (letterKeys.value ? named(event.key, search.current) : null);
    if (!target) return;
    event.preventDefault();
    target.focus();
  };
  return { onKeyDown };
}

function stepped(event, list) {
  const rows = [...list.children].filter((row) => row.querySelector("button"));
  const at = rows.indexOf(event.target.closest("li"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  const row = rows[to];
  if (!row) return null;
  return row.querySelector(`[data-act="${event.target.dataset.act}"]`) ?? row.querySelector("[data-act=menu]");
}

function named(key, search) {
  if (key === "/") return search;
  return key.toLowerCase() === "n" ? search.closest(".pane").querySelector("[name=email]") : null;
}

/**
 * When the row that had the focus is gone, the next one gets it, else the heading: a list that others change must not
 * throw the reader out of the dialog.
 */
export function useKeptFocus(ref, users) {
  const last = useRef(null); // {id, at} of the row that has the focus
  const pane = useRef(null);
  useLayoutEffect(() => {
    const list = ref.current;
    pane.current = list?.closest(".pane") ?? pane.current;
    if (!pane.current) return undefined;
    const note = ({ target }) => {
      const row = target.closest(".people-rows > li");
      last.current = row && { id: row.dataset.id, at: [...row.parentElement.children].indexOf(row) };
    };
    pane.current.addEventListener("focusin", note);
    return () => pane.current.removeEventListener("focusin", note);
  }, [Boolean(users?.length)]);
  useLayoutEffect(() => {
    if (!last.current || users?.some((user) => user.id === last.current.id)) return;
    const { at } = last.current;
    last.current = null;
    if (isElsewhere(pane.current)) return;
    const rows = ref.current ? [...ref.current.children] : [];
    const heir = (rows[at] ?? rows.at(-1))?.querySelector("button");
    (heir ?? pane.current.querySelector("header h3")).focus();
  }, [users]);
}

/** The focus is on something: only a focus that fell to the page or the dialog is picked up. */
function isElsewhere(pane) {
  const { activeElement, body } = pane.ownerDocument;
  return activeElement && activeElement !== body && activeElement.tagName !== "DIALOG";
}
