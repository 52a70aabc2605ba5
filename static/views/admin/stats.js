// Statistics: the figures of now, the same over time, and who is not here. The charts themselves are stats/chart.js's.
import { html, useEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_stats.js";
import { clockTime, shortDate } from "../../lib/time.js";
import { filled } from "../../models/chart.js";
import { Refused } from "../../models/errors.js";
import { request } from "../../models/frames.js";
import { refusalText } from "../../models/refusals.js";
import { FieldError, Skeleton, walk } from "../parts/parts.js";
import { useLive } from "./admin_context.js";
import { PageFrame } from "./page_frame.js";
import { Idle, NeverSignedIn } from "./stats/away.js";
import { Chart, Spark } from "./stats/chart.js";

const MINUTE_MS = 60_000; // figures are written down once a minute
const HALF_DAY_MS = 43_200_000; // days are UTC's: at noon it is the same date nearly everywhere
const STEPS = { day: 24, month: 30, year: 52 };
const UNITS = ["B", "KB", "MB"];

export function StatsPage({ admin }) {
  const [period, setPeriod] = useState("month");
  const { series, error } = useSeries(admin, period);
  const totals = admin.totals.value;
  const steps = series && filled(series, STEPS[series.period]);
  return html`<${PageFrame}
    title=${t("panel.stats")} beside=${html`<span class="live">${t("admin.live")}</span>`}
    deeds=${html`<${Periods} value=${period} onChange=${setPeriod} />`}
  >
    <div class="form-page" tabindex="0" role="region" aria-label=${t("panel.stats")}>
      ${error && html`<div class="cards"><${FieldError}>${refusalText(error)}<//></div>`}
      ${!totals && !error && html`<${Skeleton} rows=${3} />`}
      ${totals && html`<div class="cards" data-testid="figures">
        <${Cards} totals=${totals} steps=${steps ?? []} />
        ${steps && html`<${Charts} series=${series} steps=${steps} />`}
        <${NeverSignedIn} /><${Idle} />
        <p class="muted footnote">${t("stats.totals", { n: totals.messages, channels: t("stats.channels", { n: totals.channels }) })} ${t("stats.utc")}</p>
      </div>`}
    </div>
  <//>`;
}

/** The figures over `period`, looked at again each minute. */
function useSeries(admin, period) {
  const [state, setState] = useState({ series: null, error: null });
  const asked = useRef(0);
  const load = async () => {
    const number = ++asked.current;
    try {
      const { series, ...totals } = await admin.ask(request.adminStats, { period });
      admin.totals.value = totals;
      if (number === asked.current) setState({ series, error: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (number === asked.current) setState(({ series }) => ({ series, error }));
    }
  };
  useLive([], load, () => {});
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) load(); // the first time useLive does
    isFirst.current = false;
    let cancel = null;
    const again = () => (cancel = admin.clock.after(MINUTE_MS, () => (load(), again())));
    again();
    return () => cancel();
  }, [period]);
  return state;
}

function Periods({ value, onChange }) {
  const onKeyDown = (event) => {
    const chosen = walk(event, event.currentTarget.querySelectorAll("[role=radio]"), { sideways: true });
    if (chosen) onChange(chosen.dataset.period);
  };
  return html`<div class="segments" role="radiogroup" aria-label=${t("stats.period")} onKeyDown=${onKeyDown}>
    ${Object.keys(STEPS).map((period) => html`<button
      key=${period} type="button" role="radio" data-period=${period} aria-checked=${period === value ? "true" : "false"}
      tabindex=${period === value ? 0 : -1} onClick=${() => onChange(period)}
    >${t(`stats.period.${period}`)}</button>`)}
  </div>`;
}

function Cards({ totals, steps }) {
  const over = (name) => steps.map((point) => point?.[name] ?? null);
  const admins = t("stats.admins", { n: totals.admins });
  return html`
    <${Figure} id="people" title=${t("stats.people")} about=${t("stats.peopleOf", { n: totals.users, admins })} values=${over("people")}>${t("stats.value", { n: totals.peopleToday })}<//>
    <${Figure} id="sessions" title=${t("stats.sessions")} about=${t("stats.windows", { n: totals.sockets })} values=${over("sessions")}>${t("stats.value", { n: totals.sessions })}<//>
    <${Figure} id="messages" title=${t("stats.messagesToday")} about=${t("stats.yesterday", { n: totals.messagesYesterday })} values=${over("messages")}>${t("stats.value", { n: totals.messagesToday })}<//>
    <${Figure} id="queue" title=${t("stats.queue")} about=${t("stats.queueAbout")} values=${over("queueBytes")}>${bytesText(totals.queueBytes)}<//>
  `;
}

function Figure({ id, title, about, values, children }) {
  return html`<section class="card" data-figure=${id} aria-label=${title}>
    <h2>${title}</h2><div class="figure">${children}<small>${about}</small></div><${Spark} values=${values} />
  </section>`;
}

function bytesText(bytes) {
  const place = bytes < 1024 ? 0 : bytes < 1_048_576 ? 1 : 2;
  return t(`stats.bytes.${UNITS[place]}`, { n: Math.round(bytes / 1024 ** place) });
}

function Charts({ series: { period, start, stepMs }, steps }) {
  const over = (name) => steps.map((point) => point?.[name] ?? null);
  const times = steps.map((_, place) => timeText(period, start + place * stepMs));
  const [messages, half, most] = [over("messages"), over("halfMs"), over("mostMs")];
  const kilobytes = over("queueBytes").map((bytes) => bytes && Math.round(bytes / 1024));
  const people = period === "day" ? kilobytes : over("people"); // people are counted by days
  const title = t(`stats.messages.${period}`);
  const activeTitle = t(`stats.active.${period}`);
  const sum = messages.reduce((all, n) => all + (n ?? 0), 0);
  const answers = { half: Math.max(0, ...half), most: Math.max(0, ...most) };
  const open = [{ name: t("stats.sessions"), values: over("sessions") }, { name: t("stats.openWindows"), values: over("sockets") }];
  const twoLines = [{ name: t("stats.half"), values: half }, { name: t("stats.most"), values: most }];
  return html`
    <${Chart} kind="bars" title=${title} times=${times} series=${[{ name: title, values: messages }]} label=${t("stats.barsAbout", { title, sum, ...peak(messages, times) })} />
    <${Chart} kind="lines" title=${t("stats.answers")} times=${times} series=${twoLines} label=${t("stats.answersAbout", answers)} />
    <${Chart} kind="bars" title=${activeTitle} times=${times} series=${[{ name: activeTitle, values: people }]} label=${t("stats.barsMost", { title: activeTitle, ...peak(people, times) })} />
    <${Chart} kind="lines" title=${t("stats.open")} times=${times} series=${open} label=${t("stats.barsMost", { title: t("stats.openWindows"), ...peak(open[1].values, times) })} />
  `;
}

function peak(values, times) {
  const most = Math.max(0, ...values);
  return { most, when: times[values.indexOf(most)] ?? times[0] };
}

function timeText(period, at) {
  return period === "day" ? clockTime(at) : shortDate(at + HALF_DAY_MS);
}
