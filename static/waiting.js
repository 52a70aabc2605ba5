// Waits out an upgrade: while old and new nodes serve side by side, a file that this page names may be missing from the
// node that was asked. The page then says so and loads itself again. Lost sockets are models/connection.js's.
{
  const KEY = "chatd.missed";
  const LONGEST_SECONDS = 30;
  let isBroken = false;
  let isWhole = false; // what is fetched later, and fails, is the matter of who fetches it

  // Scripts and styles tell of their failure by an event that does not bubble, so it is caught on the way down.
  addEventListener("error", ({ target }) => {
    if (isBroken || isWhole || !(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return;
    isBroken = true;
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
    else show();
    wait();
  }, true);

  addEventListener("load", () => {
    isWhole = !isBroken;
    if (isWhole) count(0);
  });

  function show() {
    document.getElementById("waiting").hidden = false;
  }

  // Everybody's page is in the same state at the same time: each draws its own moment, and waits longer each time.
  function wait() {
    const missed = count() + 1;
    count(missed);
    const seconds = Math.min(LONGEST_SECONDS, 2 ** missed) * (0.5 + Math.random() / 2);
    setTimeout(tryAgain, seconds * 1000);
  }

  // Only a server that answers is worth leaving this page for: the browser's own error page would stay.
  function tryAgain() {
    fetch("/health", { cache: "no-store" }).then(({ ok }) => (ok ? location.reload() : wait()), wait);
  }

  function count(set) {
    try {
      if (set === 0) sessionStorage.removeItem(KEY);
      else if (set !== undefined) sessionStorage.setItem(KEY, set);
      return Number(sessionStorage.getItem(KEY) ?? 0);
    } catch {
      return 2; // nothing can be kept: always a few seconds
    }
  }
}
