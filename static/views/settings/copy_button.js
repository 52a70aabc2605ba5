// A button that copies a text, and says so for a moment.
import { html, useEffect, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button } from "../parts/parts.js";

const SAID_MS = 2000;

/** `shown` is a ref to the element that shows `text`: what is selected where the browser gives no clipboard. */
export function CopyButton({ text, shown, label }) {
  const { announcer, clock } = useChat();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => (isCopied ? clock.after(SAID_MS, () => setCopied(false)) : undefined), [isCopied]);
  const copy = async () => {
    if (!(await copied(text, shown.current))) return;
    setCopied(true);
    announcer.say(t("common.copied"));
  };
  return html`<${Button} small icon=${isCopied ? "check" : "copy"} aria-label=${label} onClick=${copy}>${t(isCopied ? "common.copied" : "common.copy")}<//>`;
}

async function copied(text, element) {
  try {
    await navigator.clipboard.writeText(text); // there is none without TLS, and it may be forbidden
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy"); // old, and everywhere; if even this fails, the text is selected
  }
}
