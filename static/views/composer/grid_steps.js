// Where the arrows lead in a grid of several groups under each other. Knows no emoji and no document.

/**
 * The index that `key` leads to from `index` in groups of the given sizes, counted through all groups, or null
 * where the grid ends upwards or the key is not of the grid. Up and down keep the column across groups.
 */
export function step(sizes, columns, index, key, isRightToLeft = false) {
  const last = sizes.reduce((sum, size) => sum + size, 0) - 1;
  const along = { ArrowLeft: isRightToLeft ? 1 : -1, ArrowRight: isRightToLeft ? -1 : 1 }[key];
  if (along) return Math.min(last, Math.max(0, index + along));
  if (key === "Home") return 0;
  if (key === "End") return last;
  const rows = { ArrowUp: -1, ArrowDown: 1, PageUp: -5, PageDown: 5 }[key];
  return rows ? overRows(rowsOf(sizes, columns), index, rows) : null;
}

/** The rows as [first index, number of places]: the last row of a group may be short. */
function rowsOf(sizes, columns) {
  const rows = [];
  let first = 0;
  for (const size of sizes) {
    for (let at = 0; at < size; at += columns) rows.push([first + at, Math.min(columns, size - at)]);
    first += size;
  }
  return rows;
}

function overRows(rows, index, by) {
  const row = rows.findLastIndex(([first]) => first <= index);
  if (row + by < 0 && row === 0) return null;
  const [first, places] = rows[Math.min(rows.length - 1, Math.max(0, row + by))];
  return first + Math.min(index - rows[row][0], places - 1);
}
