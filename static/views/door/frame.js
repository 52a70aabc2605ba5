// What every view at the door stands in: mark, server name, the box, and above it what has to be said.
import { html, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Mark } from "../parts/parts.js";

/** `title` names the window. Without a server name (not known yet) the product's stands there. */
export function Frame({ door, title, invitation, above, below, children }) {
  const server = door.config.value?.server.name ?? "chatd";
  useEffect(() => {
    document.title = t(title, { server });
  }, [title, server]);
  return html`<div class="door" data-testid="sign-in">
    <main>
      ${above && html`<div class="above">${above}</div>`}
      <section class="box" aria-labelledby="door-title">
        <${Mark} />
        <h1 id="door-title" tabindex="-1"><bdi>${server}</bdi></h1>
        <p>${invitation}</p>
        ${children}
      </section>
      ${below && html`<p class="hint below">${below}</p>`}
    </main>
    <footer><span>${location.host}</span></footer>
  </div>`;
}
