// The page's icon with a badge, drawn as an SVG in a data address, which the policy allows for images.
// The plain icon is the file icon.svg.

const MARK = [
  '<rect width="24" height="24" rx="7" fill="#0b6b6b"/>',
  '<path d="M15.6 8.3a5.2 5.2 0 1 0 0 7.4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>',
].join("");
const EMBER = "#c04a10";
const LETTERS = 'font-family="Arial,sans-serif" font-size="10.5" font-weight="700" fill="#fff" text-anchor="middle"';

/** `badge` is "dot", a number, or "99+". */
export function drawnIcon(badge) {
  const drawing = badge === "dot" ? dot() : number(badge.length > 2 ? "∞" : badge);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${MARK}${drawing}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function dot() {
  return `<circle cx="18.5" cy="18.5" r="4.5" fill="${EMBER}" stroke="#fff" stroke-width="1.5"/>`;
}

function number(text) {
  const width = text.length > 1 ? 17 : 13;
  const left = 24 - width;
  return [
    `<rect x="${left}" y="11" width="${width}" height="13" rx="6.5" fill="${EMBER}"/>`,
    `<text x="${left + width / 2}" y="21" ${LETTERS}>${text}</text>`,
  ].join("");
}
