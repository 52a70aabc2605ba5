// A chart: bars or lines over time as a small SVG, with a sentence as its name and the same numbers as a table.
import { html, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { bars, labelled, lines, ticks } from "../../../models/chart.js";

const BOX = { width: 508, height: 126 };
const [LEFT, TOP, WIDTH, HEIGHT] = [0, 18, 552, 170];

/**
 * `times` are the labels of the steps; `series`: [{name, values}], one or two, of which the second is dashed. `label` is
 * the sentence that says what the chart shows.
 */
export function Chart({ title, label, times, series, kind }) {
  const [isTable, setTable] = useState(false);
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  const turn = t(isTable ? "stats.asChartOf" : "stats.asTableOf", { title });
  return html`<section class="card half" aria-label=${title}>
    <header>
      <h2>${title}</h2>
      ${series.length > 1 && !isTable && html`<div class="legend">${series.map(({ name }, place) => html`<${Legend} key=${name} name=${name} place=${place} />`)}</div>`}
    </header>
    ${isEmpty && html`<p class="muted">${t("stats.nothing")}</p>`}
    ${!isEmpty && html`<${isTable ? Numbers : Drawing} label=${label} times=${times} series=${series} kind=${kind} />`}
    ${!isEmpty && html`<p class="turn"><button type="button" class="link mini" aria-label=${turn} onClick=${() => setTable(!isTable)}>${t(isTable ? "stats.asChart" : "stats.asTable")}</button></p>`}
  </section>`;
}

function Legend({ name, place }) {
  return html`<span><svg class="chart" viewBox="0 0 16 8" aria-hidden="true"><path class=${place ? "line second" : "line"} d="M0 4h16" /></svg>${name}</span>`;
}

function Drawing({ label, times, series, kind }) {
  const scale = ticks(Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const top = scale.at(-1);
  const yOf = (value) => TOP + BOX.height - (value / top) * BOX.height;
  const each = BOX.width / times.length;
  return html`<svg class="chart" viewBox=${`${LEFT} 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${label}>
    ${scale.map((value) => html`<g key=${value}>
      <line class="grid" x1="0" x2=${BOX.width} y1=${yOf(value)} y2=${yOf(value)} />
      <text x=${BOX.width + 6} y=${yOf(value) + 4}>${t("stats.value", { n: value })}</text>
    </g>`)}
    ${kind === "bars" && html`<${Bars} values=${series[0].values} top=${top} />`}
    ${kind === "lines" && series.map(({ name, values }, place) => html`<${Line} key=${name} values=${values} top=${top} place=${place} />`)}
    ${labelled(times.length).map((place) => html`<text key=${place} x=${place * each} y=${HEIGHT - 6}>${times[place]}</text>`)}
  </svg>`;
}

function Bars({ values, top }) {
  return html`<g class="bars">${bars(values, BOX, top).map(({ x, y, width, height }, place) =>
    html`<rect key=${place} x=${x} y=${y + TOP} width=${width} height=${height} rx=${Math.min(2, height / 2)} />`)}</g>`;
}

function Line({ values, top, place }) {
  const look = place ? "line second" : "line";
  return lines(values, BOX, top).map((run, at) =>
    run.length > 1
      ? html`<polyline key=${at} class=${look} points=${run.map(([x, y]) => `${x.toFixed(1)},${(y + TOP).toFixed(1)}`).join(" ")} />`
      : html`<circle key=${at} class=${place ? "now second" : "now"} cx=${run[0][0]} cy=${run[0][1] + TOP} r="3" />`);
}

function Numbers({ label, times, series }) {
  return html`<div class="numbers" tabindex="0" role="region" aria-label=${label}><table class="table">
    <thead><tr><th scope="col">${t("stats.time")}</th>${series.map(({ name }) => html`<th key=${name} scope="col" class="n">${name}</th>`)}</tr></thead>
    <tbody>${times.map((time, place) => series.some(({ values }) => values[place] !== null) && html`<tr key=${place}>
      <th scope="row">${time}</th>
      ${series.map(({ name, values }) => html`<td key=${name} class="n">${values[place] === null ? "" : t("stats.value", { n: values[place] })}</td>`)}
    </tr>`)}</tbody>
  </table></div>`;
}

/** A little line under a figure: its shape over the time, without a scale. */
export function Spark({ values }) {
  const size = { width: 200, height: 30 };
  const top = Math.max(1, ...values.map((value) => value ?? 0));
  const runs = lines(values, size, top).filter((run) => run.length > 1);
  const point = ([x, y]) => `${x.toFixed(1)},${(y + 3).toFixed(1)}`;
  return html`<svg class="chart" viewBox="0 0 200 34" preserveAspectRatio="none" aria-hidden="true">
    ${runs.map((run, at) => html`<g key=${at}>
      <path class="area" d=${`M${run[0][0].toFixed(1)},34 L${run.map(point).join(" L")} L${run.at(-1)[0].toFixed(1)},34z`} />
      <polyline class="line" points=${run.map(point).join(" ")} />
    </g>`)}
  </svg>`;
}
