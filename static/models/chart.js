// Where the lines, bars and labels of a chart stand. Numbers only: what is drawn with them is the view's.

/** What the reader sees of `series` (admin.stats): one entry for each step of the time, null where nothing is known. */
export function filled({ start, stepMs, points }, count) {
  const known = new Map(points.map((point) => [Math.round((point.at - start) / stepMs), point]));
  return Array.from({ length: count }, (_, place) => known.get(place) ?? null);
}

const ROUND = [1, 2, 2.5, 5, 10];

/** Round numbers from 0 to at least `most`, with two to four steps between. */
export function ticks(most) {
  const rough = Math.max(most, 1) / 3;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, size * ROUND.find((round) => round * size >= rough && (round * size) % 1 === 0 || round === 10));
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, place) => place * step);
}

/** A bar for each value within `box` {width, height}: {x, y, width, height}; `top` is the value at its upper edge. */
export function bars(values, { width, height }, top) {
  const each = width / values.length;
  return values.map((value, place) => {
    const tall = ((value ?? 0) / top) * height;
    return { x: place * each + each * 0.15, y: height - tall, width: each * 0.7, height: tall };
  });
}

/** Runs of [x, y], broken where nothing is known. */
export function lines(values, { width, height }, top) {
  const apart = width / Math.max(1, values.length - 1);
  const runs = [[]];
  values.forEach((value, place) => {
    if (value === null) runs.push([]);
    else runs.at(-1).push([place * apart, height - (value / top) * height]);
  });
  return runs.filter((run) => run.length);
}

/** Which of `count` steps get a label: the first, the last, and some between, evenly. */
export function labelled(count, most = 5) {
  const every = Math.ceil(count / most);
  return Array.from({ length: count }, (_, place) => place).filter((place) => place % every === 0);
}
