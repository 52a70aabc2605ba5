// The press that opened or closed a sheet must not also press what then lies under the finger.

const LIFTED_MS = 400;

/** The click that comes from the press under way is no click. Another press is another matter. */
export function swallowClick(window) {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
    stop();
  };
  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener("click", swallow, true);
    window.removeEventListener("pointerdown", stop, true);
  };
  const timer = setTimeout(stop, LIFTED_MS);
  window.addEventListener("click", swallow, true);
  window.addEventListener("pointerdown", stop, true);
}
