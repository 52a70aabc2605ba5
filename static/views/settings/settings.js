// The Settings dialog, opened by the server name: its navigation, and which section is shown. The sections have their own files.
import { batch, html, signal, useLayoutEffect, useRef, useSignalEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_people.js";
import "../../lib/text_settings.js";
import { Unsaved } from "../../models/unsaved.js";
import { useChat } from "../context.js";
import { confirm, Dialog, Icon, IconButton, openDialog, walk } from "../parts/parts.js";
import { forgetEdits, hasEdits } from "./profile_edits.js";
import { groups, sectionOf } from "./sections.js";
import { UnsavedContext } from "./unsaved.js";

const shown = signal("profile");
const unsaved = new Unsaved(); // what a section alone knows, and what goes with it
let close = null;

/** Opens Settings at `section`, or goes there when it is open already. */
export function openSettings(section = "profile") {
  if (close) return show(section);
  shown.value = section;
  close = openDialog(Settings, {}, { onClosed: closed });
}

function closed() {
  close = null;
  forgetEdits();
}

async function show(section) {
  if (section !== shown.peek() && (await unsaved.mayLeave())) shown.value = section;
}

async function dismiss() {
  if (!(await unsaved.mayLeave())) return;
  if (hasEdits() && !(await confirm({ title: t("settings.discard"), deed: t("settings.discardDeed"), danger: true }))) return;
  close?.();
}

function Settings() {
  const { me, server } = useChat();
  useReturnOnDemotion();
  const { isAdmin } = me.value;
  const section = sectionOf(shown.value, { isAdmin });
  return html`<${Dialog} bare label=${t("settings.label")} onClose=${dismiss} testid="settings">
    <div class="settings">
      <${Navigation} title=${server.value.name} isAdmin=${isAdmin} current=${section} />
      <${UnsavedContext.Provider} value=${unsaved}><${Pane} key=${section.id} section=${section} /><//>
    </div>
  <//>`;
}

/** The administrators' part goes with the role, at once, whatever is open in it. */
function useReturnOnDemotion() {
  const { me, toasts } = useChat();
  const wasAdmin = useRef(false);
  useSignalEffect(() => {
    const { isAdmin } = me.value;
    const isLost = wasAdmin.current && !isAdmin && sectionOf(shown.peek(), { isAdmin: true }).admin;
    wasAdmin.current = isAdmin;
    if (!isLost) return;
    batch(() => {
      shown.value = "profile";
      toasts.show({ text: t("settings.noLongerAdmin") });
    });
  });
}

function Navigation({ title, isAdmin, current }) {
  const onKeyDown = (event) => walk(event, event.currentTarget.querySelectorAll("button"), { sideways: true });
  return html`<nav aria-label=${t("settings.label")} onKeyDown=${onKeyDown}>
    <h2 class="clip" title=${title}><bdi>${title}</bdi></h2>
    ${groups({ isAdmin }).map(({ id, sections }) => html`<section key=${id}>
      <h3>${t(`settings.group.${id}`)}</h3>
      ${sections.map((section) => html`<${Entry} key=${section.id} section=${section} isCurrent=${section.id === current.id} />`)}
    </section>`)}
  </nav>`;
}

function Entry({ section: { id, icon }, isCurrent }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    if (isCurrent) ref.current.scrollIntoView?.({ block: "nearest", inline: "center" }); // a strip on phones
  }, [isCurrent]);
  return html`<button
    type="button" class="link-row" ref=${ref} data-section=${id} aria-current=${isCurrent ? "page" : undefined}
    data-autofocus=${isCurrent || undefined} onClick=${() => show(id)}
  ><${Icon} name=${icon} />${t(`settings.section.${id}`)}</button>`;
}

function Pane({ section: { id, Section } }) {
  return html`<div class="pane">
    <header>
      <h3 tabindex="-1">${t(`settings.section.${id}`)}</h3>
      <${IconButton} icon="close" label=${t("settings.close")} onClick=${dismiss} />
    </header>
    <${Section} />
  </div>`;
}
