// The list over a text box that offers people, channels or emoji. The focus stays in the box; completion.js moves the choice.
import { html, useLayoutEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Avatar, Icon } from "../parts/parts.js";

export function CompletionList({ completion }) {
  const { offers, selected, kind, id, take, point } = completion;
  const ref = useRef(null);
  useLayoutEffect(() => {
    ref.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected, offers]);
  if (!offers.length) return null;
  // A press must not take the focus out of the box.
  return html`<div
    class="menu completion" role="listbox" id=${id} aria-label=${t(`completion.${kind}`)} ref=${ref}
    onPointerDown=${(event) => event.preventDefault()}
  >
    ${offers.map((offer, place) => html`
      <div
        key=${offer.key} role="option" id=${`${id}-${place}`} aria-selected=${String(place === selected)}
        onPointerMove=${() => point(place)} onClick=${() => take(offer)}
      >
        <${Sign} offer=${offer} />
        <bdi class="clip name">${offer.title}</bdi>
        ${offer.note && html`<bdi class=${offer.user ? "clip note handle" : "clip note"}>${offer.note}</bdi>`}
        ${offer.trail && html`<span class="trail">${offer.trail}</span>`}
      </div>`)}
  </div>`;
}

function Sign({ offer }) {
  if (offer.user) return html`<${Avatar} user=${offer.user} size="xs" presence />`;
  if (offer.sign) return html`<span class="sign" aria-hidden="true">${offer.sign}</span>`;
  return html`<${Icon} name=${offer.icon} />`;
}
