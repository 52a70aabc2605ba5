// What just happened, above the sessions: the latest in one line, those before it behind it. It may be much, so it is
// not announced.
import { html } from "../../../lib/ui.js";
import { hasText, t } from "../../../lib/text.js";
import { useChat } from "../../context.js";
import { nameOf, Time } from "../../parts/parts.js";
import { deviceName } from "../../settings/session_rows.js";

export function Feed({ feed }) {
  const { people } = useChat();
  const [latest, ...before] = feed.events.value;
  people.need(feed.events.value.flatMap(({ userIds }) => userIds.slice(0, 1)));
  if (!latest) return html`<p class="feed muted" data-testid="feed">${t("feed.empty")}</p>`;
  if (before.length === 0) return html`<p class="feed" data-testid="feed"><${Line} event=${latest} /></p>`;
  return html`<details class="feed" data-testid="feed">
    <summary><${Line} event=${latest} /></summary>
    <ul aria-label=${t("feed.label")}>
      ${before.map((event) => html`<li key=${event.id}><${Line} event=${event} /></li>`)}
    </ul>
  </details>`;
}

function Line({ event }) {
  const { people } = useChat();
  return html`<span class="clip"><${Time} at=${event.at} form="clock" /> <bdi>${sentence(event, people)}</bdi></span>`;
}

function sentence({ change, session, userIds, code }, people) {
  const name = nameOf(people.get(userIds[0]));
  if (change === "started") return t("feed.started", { name, device: deviceName(session), ip: session.ip });
  const why = t(hasText(`feed.why.${code}`) ? `feed.why.${code}` : "feed.why.other");
  const n = userIds.length;
  return new Set(userIds).size > 1 ? t("feed.endedMany", { n, why }) : t("feed.ended", { n, name, why });
}
