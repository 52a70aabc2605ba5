// One's own tokens and bots while a section of Settings shows them.
import { useEffect, useMemo } from "../../lib/ui.js";
import { OwnKeys } from "../../models/own_keys.js";
import { useChat } from "../context.js";

export function useOwnKeys() {
  const { ask, clock } = useChat();
  const keys = useMemo(() => new OwnKeys({ ask, clock }), []);
  useEffect(() => {
    keys.open();
    return () => keys.close();
  }, [keys]);
  return keys;
}
