// Asking before something unsaved is lost, in Settings and in the admin panel. What is left and when is theirs.
import { createContext, useContext, useLayoutEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_settings.js";
import { confirm } from "../parts/parts.js";

/** The Unsaved of the page or dialog around; at the door there is none. */
export const UnsavedContext = createContext(null);

/** Holds what is around as long as `isUnsaved`; returns `forget()`, for leaving after it was saved. */
export function useUnsaved(isUnsaved, question = discard) {
  const unsaved = useContext(UnsavedContext);
  const forget = useRef(() => {});
  useLayoutEffect(() => {
    if (!isUnsaved || !unsaved) return undefined;
    const release = unsaved.hold(() => confirm({ ...question(), danger: true }));
    window.addEventListener("beforeunload", stay);
    forget.current = () => {
      release();
      window.removeEventListener("beforeunload", stay);
    };
    return () => forget.current();
  }, [isUnsaved, unsaved]);
  return () => forget.current();
}

const discard = () => ({ title: t("settings.discard"), deed: t("settings.discardDeed") });

/** The browser asks in its own words. */
const stay = (event) => event.preventDefault();
