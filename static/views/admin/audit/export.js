// Taking along what the log shows, all pages of it, as a file.
import { html } from "../../../lib/ui.js";
import { download } from "../../../lib/download.js";
import { t } from "../../../lib/text.js";
import { useChat } from "../../context.js";
import { Button, openMenu } from "../../parts/parts.js";
import { useDeed } from "../../settings/form.js";

const FORMATS = ["csv", "json"];

export function Export({ log }) {
  const { toasts } = useChat();
  const { isBusy, run } = useDeed();
  const save = (format) =>
    run(async () => {
      const file = await log.export(format);
      download(file);
      toasts.show({ text: t("audit.exported", { name: file.name }) });
    });
  const open = ({ currentTarget }) => {
    const items = FORMATS.map((format) => ({ label: t(`audit.export.${format}`), run: () => save(format) }));
    openMenu({ anchor: currentTarget, label: t("audit.exportAs"), align: "end", items });
  };
  return html`<${Button} icon="download" busy=${isBusy} aria-haspopup="menu" aria-expanded="false" onClick=${open}>
    ${t("audit.export")}
  <//>`;
}
