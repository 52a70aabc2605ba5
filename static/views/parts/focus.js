// Keeping the focus: where it was before something opened, and where it goes when that is gone. Which keys move it is
// the views' matter.

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";
const ROW = "li, tr, [role=row], [role=option], [role=article], [data-row]";

/** Call before opening; what it returns gives the focus back: to the same control, the next row, or the heading. */
export function rememberFocus(document) {
  const opener = document.activeElement === document.body ? null : document.activeElement;
  const row = opener?.closest(ROW);
  const heirs = [opener, ...after(row), ...before(row)];
  return () => {
    const heir = heirs.map(focusableIn).find((element) => element?.isConnected);
    (heir ?? heading(document))?.focus();
  };
}

/** The first control inside, in the order given by the selectors. */
export function firstOf(root, ...selectors) {
  for (const selector of selectors) {
    const found = [...root.querySelectorAll(selector)].find(isReachable);
    if (found) return found;
  }
  return null;
}

/** Can it get the focus now? */
export function isReachable(element) {
  return !element.disabled && element.getClientRects().length > 0 && !element.closest("[inert]");
}

function focusableIn(element) {
  if (!element?.isConnected) return null;
  return element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE);
}

function* after(row) {
  for (let next = row?.nextElementSibling; next; next = next.nextElementSibling) yield next;
}

function* before(row) {
  for (let next = row?.previousElementSibling; next; next = next.previousElementSibling) yield next;
}

function heading(document) {
  const found = document.querySelector("main h1, h1");
  if (found && !found.hasAttribute("tabindex")) found.tabIndex = -1;
  return found;
}
