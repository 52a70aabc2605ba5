// The recovery codes, which are shown this once: to copy, to download, and a box to tick before they go.
import { html, useEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Check } from "../parts/parts.js";
import { CopyButton } from "../settings/copy_button.js";
import { useUnsaved } from "../settings/unsaved.js";

/** `lead` says what has just happened, `last` names the button that is pressed when they are saved. */
export function RecoveryCodes({ codes, onDone, lead = t("enrol.codes.lead"), last = t("enrol.done") }) {
  const { me, server } = useChat();
  const [isSaved, setSaved] = useState(false);
  useUnsaved(!isSaved, question);
  const list = useRef(null);
  const heading = useRef(null);
  useEffect(() => heading.current.focus(), []);
  const text = codes.join("\n");
  const name = me.value.userName;
  const file = () => {
    const head = t("enrol.fileHead", { name, server: server.value.name || location.host });
    download(plain(t("enrol.file", { name })), `${plain(head)}\n\n${text}\n`);
  };
  return html`<div class="stack" data-testid="recovery-codes">
    <div>
      <p class="told" tabindex="-1" ref=${heading}><strong>${lead}</strong></p>
      <p class="soft">${t("enrol.codes.about")}</p>
    </div>
    <ol class="codes" ref=${list}>${codes.map((code) => html`<li key=${code}>${code}</li>`)}</ol>
    <div class="row wrap">
      <${CopyButton} text=${text} shown=${list} label=${t("enrol.copyCodes")} />
      <${Button} small icon="download" onClick=${file}>${t("enrol.download")}<//>
    </div>
    <${Check} label=${t("enrol.saved")} checked=${isSaved} onChange=${setSaved} />
    <div class="deeds"><${Button} kind="primary" disabledReason=${!isSaved && t("enrol.savedFirst")} onClick=${onDone}>${last}<//></div>
  </div>`;
}

const question = () => ({ title: t("enrol.leave"), body: t("enrol.leaveBody"), deed: t("enrol.leaveDeed") });

/** The browser saves what this page made: nothing goes to a server. */
function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

/** Without the marks that isolate directions in sentences: in a file they would be letters. */
function plain(sentence) {
  return sentence.replace(/[\u2066-\u2069]/g, "");
}
