// How the parts of People reach the list they show and the deeds they do. Both live as long as the section is open.
import { createContext, useContext } from "../../lib/ui.js";

export const AdministrationContext = createContext(null);

/** `{list, accounts}`: models/administration.js and models/accounts.js. */
export function useAdministration() {
  return useContext(AdministrationContext);
}
