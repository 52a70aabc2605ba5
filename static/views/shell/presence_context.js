// How the shell's views reach the OwnPresence of the signed-in page.
import { createContext, useContext } from "../../lib/ui.js";

export const PresenceContext = createContext(null);

export function useOwnPresence() {
  return useContext(PresenceContext);
}
