// Dialogs: a native modal one, and the stack that opens them from anywhere. What stands in them is handed in.
import { createContext, html, signal, useContext, useId, useLayoutEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { IconButton } from "./button.js";
import { Floats } from "./floats.js";
import { firstOf, rememberFocus } from "./focus.js";
import { useTopLayer } from "./layers.js";

const stack = signal([]);
const EntryContext = createContext(null);
let last = 0;

/** Shows `Component` with `props` and `close`; returns `close`. `onClosed` is called once, however it closes. */
export function openDialog(Component, props = {}, { onClosed } = {}) {
  const close = () => {
    if (!stack.peek().includes(entry)) return;
    stack.value = stack.peek().filter((other) => other !== entry);
    onClosed?.();
  };
  const entry = { id: ++last, Component, props, close };
  stack.value = [...stack.peek(), entry];
  return close;
}

/** The session is over: nothing of it stays on the screen. */
export function closeAllDialogs() {
  for (const { close } of [...stack.peek()].reverse()) close();
}

export function DialogHost() {
  return stack.value.map(({ id, Component, props, close }) => html`
    <${EntryContext.Provider} key=${id} value=${close}><${Component} ...${props} close=${close} /><//>
  `);
}

/**
 * A modal dialog. `actions` stand at the right of the footer, the primary one last; `footerHint` at its left.
 * With `bare` the children are the whole surface, named by `label`. The first focus goes to what has `data-autofocus`,
 * else the first field, else the first action (Cancel).
 */
export function Dialog({ title, label, description, wide = false, bare = false, onClose, onSubmit, footerHint, actions, children, testid, class: extra = "" }) {
  const close = useContext(EntryContext);
  const dismiss = onClose ?? close;
  const id = useId();
  const ref = useRef(null);
  const isTop = useTopLayer();
  useLayoutEffect(() => {
    const dialog = ref.current;
    const giveBack = rememberFocus(dialog.ownerDocument);
    dialog.showModal();
    const first = firstOf(dialog, "[data-autofocus]", ".body :is(input, select, textarea), input", "footer .btn", "button, a[href]");
    first?.focus();
    return () => {
      dialog.close();
      giveBack();
    };
  }, []);
  const surface = bare ? children : html`<${onSubmit ? "form" : "section"} class=${`dialog ${wide ? "wide" : ""} ${extra}`} novalidate=${Boolean(onSubmit)} onSubmit=${onSubmit && prevented(onSubmit)}>
    <header>
      <h2 id=${`${id}-title`}>${title}</h2>
      <${IconButton} icon="close" label=${t("common.close")} onClick=${dismiss} />
    </header>
    <div class="body">
      ${description && html`<p class="soft" id=${`${id}-description`}>${description}</p>`}
      ${children}
    </div>
    ${actions && html`<footer><span class="grow">${footerHint}</span>${actions}</footer>`}
  <//>`;
  return html`<dialog
    class="overlay" ref=${ref} data-testid=${testid}
    aria-label=${bare ? label : undefined}
    aria-labelledby=${bare ? undefined : `${id}-title`}
    aria-describedby=${!bare && description ? `${id}-description` : undefined}
    onCancel=${prevented(dismiss)}
    onKeyDown=${(event) => event.key === "Escape" && event.stopPropagation()}
    onMouseDown=${(event) => onScrim(event) && dismiss()}
  >${surface}${isTop && html`<${Floats} />`}</dialog>`;
}

function prevented(deed) {
  return (event) => {
    event.preventDefault();
    deed(event);
  };
}

/** The dialog element itself is the ground around the surface. */
function onScrim(event) {
  return event.target === event.currentTarget && event.button === 0;
}
