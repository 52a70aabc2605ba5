// How many seats are taken. Not in the page where seats are unlimited.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useAdministration } from "./administration_context.js";

const NEAR = 0.9;

export function Seats() {
  const seats = useAdministration().list.seats.value;
  if (!seats?.max) return null;
  const { used, max } = seats;
  const share = Math.min(1, used / max);
  return html`<div class="seats" data-testid="seats">
    <strong>${t("seats.taken", { used, max })}</strong>
    <span>${used < max ? t("seats.available", { n: max - used }) : t("seats.none")}</span>
    <svg class="track" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rail" width="100" height="4" /><rect class=${`fill ${share >= NEAR ? "near" : ""}`} width=${share * 100} height="4" />
    </svg>
  </div>`;
}
