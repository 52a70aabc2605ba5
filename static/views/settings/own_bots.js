// One's own bots with their tokens: making one, giving it another token, handing it over, removing it.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_keys.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { openHandOver } from "../keys/hand_over_bots.js";
import { openNewBot } from "../keys/new_bot.js";
import { openNewToken } from "../keys/new_token.js";
import { TokenRows } from "../keys/token_rows.js";
import { useOwnKeys } from "../keys/use_own_keys.js";
import { Avatar, Button, FieldError, IconButton, nameOf, openMenu, PersonName, Skeleton } from "../parts/parts.js";
import { ask } from "./ask.js";
import { provingAsk } from "./one_more_check.js";

export function OwnBots() {
  const keys = useOwnKeys();
  const bots = keys.bots.value;
  const error = keys.error.value;
  return html`<div class="stack">
    <p class="soft">${t("bot.about")}</p>
    <div class="row"><${Button} icon="plus" onClick=${() => openNewBot({ onMade: () => keys.open() })}>${t("bot.title")}<//></div>
    ${error && html`<${FieldError}>${refusalText(error)}<//>`}
    ${!bots && !error && html`<${Skeleton} rows=${2} />`}
    ${bots?.length === 0 && html`<p class="muted">${t("bot.noneOwn")}</p>`}
    ${bots?.map((bot) => html`<${Bot} key=${bot.id} bot=${bot} keys=${keys} />`)}
  </div>`;
}

function Bot({ bot, keys }) {
  const name = nameOf(bot);
  const menu = useBotMenu(bot, keys);
  const tokens = keys.tokensOf(bot.id);
  return html`<section class="own-bot" data-testid="bot" data-id=${bot.id} aria-label=${name}>
    <header class="row">
      <${Avatar} user=${bot} size="md" />
      <div class="grow clip-all"><strong class="clip"><${PersonName} user=${bot} /></strong><p class="muted clip"><bdi>@${bot.userName}</bdi></p></div>
      <${IconButton} icon="kebab" data-act="menu" label=${t("admin.actionsFor", { name })} haspopup="menu" onClick=${menu} />
    </header>
    ${tokens.length ? html`<${TokenRows} tokens=${tokens} keys=${keys} />` : html`<p class="muted">${t("token.none")}</p>`}
  </section>`;
}

function useBotMenu(bot, keys) {
  const chat = useChat();
  const { isAdmin } = chat.me.value;
  const name = nameOf(bot);
  const newToken = () => openNewToken({ title: t("token.titleFor", { name }), kind: "bot", make: (payload) => keys.make({ ...payload, botId: bot.id }) });
  const remove = () => ask({
    title: t("bot.removeTitle", { name }),
    body: t("bot.removeBody"),
    deed: t("bot.remove"),
    run: async () => {
      await keys.removeBot(bot.id);
      chat.toasts.show({ text: t("bot.removed", { name }) });
    },
  });
  const handOver = () => openHandOver({ ask: provingAsk(chat), owner: chat.me.peek(), bot, onDone: () => keys.open() });
  const items = [
    { icon: "key", label: t("bot.newToken"), run: newToken },
    isAdmin && { icon: "right", label: t("bot.handOver"), run: handOver }, // nobody else may
    "rule",
    { icon: "trash", label: t("bot.remove"), danger: true, run: remove },
  ];
  return ({ currentTarget }) => openMenu({ anchor: currentTarget, items, label: t("admin.actionsFor", { name }), align: "end" });
}
