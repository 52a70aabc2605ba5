// The theme that the reader chose, set before the first paint; loaded as a blocking script, so it is no module.
// Who changes it is models/preferences.js. Without a choice the system's theme holds.
{
  let chosen = null;
  try {
    chosen = /^"?(light|dark)"?$/.exec(localStorage.getItem("chatd.theme") ?? "")?.[1] ?? null;
  } catch {
    // A browser that keeps nothing for this page throws on the mere look.
  }
  if (chosen) document.documentElement.dataset.theme = chosen;
}
