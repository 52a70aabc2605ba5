// Which message the pointer or the focus is on, told from what bubbles up to the list, and that somebody has touched it.

/** The listeners of the scroller. `touched()` is called for everything a reader does to move the list. */
export function pointing(list, touched) {
  const keyAt = (target) => target.closest?.("[role=article]")?.dataset.row ?? null;
  return {
    onPointerOver: (event) => {
      if (event.pointerType !== "mouse") return;
      const key = keyAt(event.target);
      if (key !== list.pointed.peek()) list.pointed.value = key;
    },
    onPointerLeave: () => {
      list.pointed.value = null;
    },
    onFocusIn: (event) => {
      if (event.target === event.currentTarget) return void list.enter();
      const key = keyAt(event.target);
      if (key === null) return undefined;
      list.hasFocus = true;
      list.current.value = key;
      list.focused.value = event.target.matches(":focus-visible") ? key : null;
      return undefined;
    },
    onFocusOut: (event) => {
      if (event.currentTarget.contains(event.relatedTarget)) return;
      if (event.target.isConnected) list.hasFocus = false;
      list.focused.value = null;
    },
    onWheel: touched,
    onTouchMove: touched,
    onPointerDown: touched,
    onKeyDownCapture: touched,
  };
}
