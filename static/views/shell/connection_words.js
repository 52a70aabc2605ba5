// Tells screen readers that the connection went and that it came back, once each. The banner is banner.js's.
import { effect, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";

export function useConnectionWords(chat) {
  useEffect(() => {
    let isLost = false;
    return effect(() => {
      const key = chat.connection.banner.value?.key ?? null;
      const nowLost = key !== null && key !== "back";
      if (nowLost !== isLost) chat.announcer.say(t(nowLost ? "banner.said.lost" : "banner.said.back"));
      isLost = nowLost;
    });
  }, [chat]);
}
