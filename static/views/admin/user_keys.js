// The keyboard in the table of users: arrows from row to row, the row's menu, search and new user by a letter, and the
// focus kept when a row under it goes.
import { useLayoutEffect, useRef } from "../../lib/ui.js";
import { isWriting } from "../../lib/keys.js";
import { useChat } from "../context.js";
import { walk } from "../parts/parts.js";

const LINKS = "tbody a.person";

/** For the element that holds filters and table. */
export function useUserKeys(admin) {
  const { letterKeys } = useChat().settings;
  const onKeyDown = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const row = event.target.closest("tbody tr");
    const isDone = (row && inRow(event, row)) || (letterKeys.value && byLetter(event, admin));
    if (isDone) event.preventDefault();
  };
  return { onKeyDown };
}

function inRow(event, row) {
  if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
    row.querySelector("[data-act=menu]").click();
    return true;
  }
  return event.target.matches(LINKS) && walk(event, row.parentElement.querySelectorAll(LINKS)) !== null;
}

function byLetter(event, admin) {
  if (event.key === "/") event.currentTarget.querySelector("[name=search]").focus();
  else if (event.key.toLowerCase() === "n" && !isFull()) admin.go("users", "new", "edit");
  else return false;
  return true;
}

const isFull = () => document.querySelector("[data-act=new]")?.getAttribute("aria-disabled") === "true";

/** When the row that had the focus is gone, the next one gets it, else the heading. */
export function useKeptUser(ref, users) {
  const last = useRef(null); // {id, at} of the row that has the focus
  useLayoutEffect(() => {
    const note = ({ target }) => {
      const row = target.closest?.("tbody tr");
      last.current = ref.current?.contains(row) ? { id: row.dataset.id, at: row.sectionRowIndex } : null;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useLayoutEffect(() => {
    if (!last.current || users?.some(({ id }) => id === last.current.id)) return;
    const { at } = last.current;
    last.current = null;
    if (document.activeElement !== document.body) return;
    const links = [...ref.current.querySelectorAll(LINKS)];
    (links[at] ?? links.at(-1) ?? document.getElementById("page-title")).focus();
  }, [users]);
}
