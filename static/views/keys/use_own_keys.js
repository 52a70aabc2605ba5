// One's own tokens and bots while a section of Settings shows them.
import { useEffect, useMemo } from "../../lib/ui.js";
import { OwnKeys } from "../../models/own_keys.js";
import { useChat } from "../context.js";
import { provingAsk } from "../settings/one_more_check.js";

export function useOwnKeys() {
  const chat = useChat();
  const keys = useMemo(() => new OwnKeys({ ask: provingAsk(chat), clock: chat.clock }), []);
  useEffect(() => {
    keys.open();
    return () => keys.close();
  }, [keys]);
  return keys;
}
