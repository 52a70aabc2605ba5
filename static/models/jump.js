// Finding a channel or person by a few letters, for the switcher: what fits, how well, and where. No list is drawn.

const MOST = 60; // rows of the answer: nobody reads further, he types another letter

/** Something to jump to, its names folded once. `words` are other names of it, `at` its newest activity. */
export function candidate({ title, words = [], unread = 0, mentions = 0, at = 0, ...rest }) {
  return { ...rest, title, unread, mentions, at, names: [title, ...words].map(folded) };
}

/** The candidates that fit `query`, best first, as {candidate, ranges, score}; `ranges` are [from, to) in its title. */
export function rank(query, candidates, most = MOST) {
  const sought = folded(query.trim()).text;
  const found = [];
  for (const one of candidates) {
    const fit = sought ? fitOf(sought, one.names) : { score: 0, ranges: [] };
    if (fit) found.push({ candidate: one, ...fit });
  }
  return found.sort(better).slice(0, most);
}

function better(a, b) {
  const [one, other] = [a.candidate, b.candidate];
  return b.score - a.score || weight(other) - weight(one) || other.at - one.at;
}

/** The two groups the switcher shows: what is unread first, then all else. */
export function grouped(found) {
  return {
    unread: found.filter((one) => weight(one.candidate) > 0),
    others: found.filter((one) => weight(one.candidate) === 0),
  };
}

const weight = ({ mentions, unread }) => (mentions > 0 ? 2 : unread > 0 ? 1 : 0);

function fitOf(sought, [title, ...words]) {
  const own = fit(sought, title);
  let best = own;
  for (const word of words) {
    const other = fit(sought, word);
    // Another name may find it, but only letters of the title that is shown can be marked.
    if (other && (!best || other.score > best.score)) best = { score: other.score - 1, ranges: own?.ranges ?? [] };
  }
  return best;
}

/** How well `sought` (folded) fits a folded name, with the places, or null. One stretch beats scattered letters. */
export function fit(sought, name) {
  const { text, places } = name;
  const atWord = wordStart(text, sought, 0);
  const at = atWord >= 0 ? atWord : text.indexOf(sought);
  if (at < 0) return scattered(sought, name, wordStart) ?? scattered(sought, name, () => -1);
  const score = (at === 0 ? 400 : atWord >= 0 ? 300 : 200) - Math.min(text.length - sought.length, 99);
  return { score, ranges: [[places[at], places[at + sought.length]]] };
}

/** The letters of `sought` in their order, anywhere; each jump costs, one to the start of a word less. */
function scattered(sought, { text, places }, preferred) {
  const ranges = [];
  let [from, score] = [0, 100];
  for (const letter of sought.replaceAll(" ", "")) {
    const better = preferred(text, letter, from);
    const at = better >= 0 ? better : text.indexOf(letter, from);
    if (at < 0) return null;
    if (at > from) score -= isWordStart(text, at) ? 3 : 12;
    from = at + letter.length;
    if (ranges.at(-1)?.[1] === places[at]) ranges.at(-1)[1] = places[from];
    else ranges.push([places[at], places[from]]);
  }
  return score > 0 ? { score, ranges } : null;
}

function wordStart(text, sought, from) {
  let at = text.indexOf(sought, from);
  while (at >= 0 && !isWordStart(text, at)) at = text.indexOf(sought, at + 1);
  return at;
}

const isWordStart = (text, at) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);

/** Lower case without accents, and for each place in it the place in `text` that it came from. */
export function folded(text) {
  let plain = "";
  const places = [];
  let at = 0;
  for (const character of text) {
    const letters = character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    for (let unit = 0; unit < letters.length; unit += 1) places.push(at);
    plain += letters;
    at += character.length;
  }
  places.push(at);
  return { text: plain, places };
}
