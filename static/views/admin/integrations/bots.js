// The bots of one owner: their tokens, handing them over, removing them.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { adminRoute, formatRoute } from "../../../models/route.js";
import { useChat } from "../../context.js";
import { openHandOver } from "../../keys/hand_over_bots.js";
import { Avatar, Button, IconButton, nameOf, openMenu, PersonName, Time } from "../../parts/parts.js";
import { ask } from "../../settings/ask.js";
import { useAdmin } from "../admin_context.js";
import { Part } from "./part.js";
import { useRows } from "./use_rows.js";

const COLUMNS = [
  { id: "name", label: "keys.name" },
  { id: "userName", label: "bot.userName", class: "k-who" },
  { id: "created", label: "keys.createdAt", class: "k-t" },
];

export function Bots({ owner, ownerId }) {
  const admin = useAdmin();
  const list = useRows(["bot.", "bots.", "user."], async (panel, page) => {
    const { bots, total } = await panel.ask(request.botList, { userId: ownerId, ...page });
    return { rows: bots, total };
  });
  const handOver = (bot) => openHandOver({ ask: admin.ask, owner: owner ?? { id: ownerId }, bot, onDone: () => list.refresh() });
  const deeds = list.total.value > 1 && html`<${Button} small onClick=${() => handOver(null)}>${t("bot.handOverAll")}<//>`;
  return html`<${Part}
    id="bots" title=${t("keys.bots")} deeds=${deeds} list=${list} columns=${COLUMNS} none=${t("bot.none")}
    row=${(bot) => html`<${Cells} bot=${bot} list=${list} handOver=${handOver} />`}
  />`;
}

function Cells({ bot, list, handOver }) {
  const name = nameOf(bot);
  const menu = useBotMenu(bot, list, handOver);
  return html`
    <td role="cell" class="main-cell"><a class="row holder person" href=${formatRoute(adminRoute("integrations", bot.id))}>
      <${Avatar} user=${bot} size="sm" /><strong class="clip"><${PersonName} user=${bot} /></strong>
    </a></td>
    <td role="cell" class="soft below"><bdi>@${bot.userName}</bdi></td>
    <td role="cell" class="soft hide-phone"><${Time} at=${bot.createdAt} form="date" /></td>
    <td role="cell" class="acts"><${IconButton} small icon="kebab" data-act="menu" label=${t("admin.actionsFor", { name })} haspopup="menu" onClick=${menu} /></td>
  `;
}

function useBotMenu(bot, list, handOver) {
  const { toasts } = useChat();
  const admin = useAdmin();
  const name = nameOf(bot);
  const remove = async () => {
    await admin.ask(request.botRemove, { botId: bot.id });
    list.drop(bot.id);
    toasts.show({ text: t("bot.removed", { name }) });
  };
  const question = { title: t("bot.removeTitle", { name }), body: t("bot.removeBody"), deed: t("bot.remove"), run: remove };
  const items = [
    { icon: "key", label: t("keys.tokens"), run: () => admin.go("integrations", bot.id) },
    { icon: "right", label: t("bot.handOver"), run: () => handOver(bot) },
    "rule",
    { icon: "trash", label: t("bot.remove"), danger: true, run: () => ask(question) },
  ];
  return ({ currentTarget }) => openMenu({ anchor: currentTarget, items, label: t("admin.actionsFor", { name }), align: "end" });
}
