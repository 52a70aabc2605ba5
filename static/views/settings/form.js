// What the forms here share: one deed at a time, errors under their fields, the focus on the first of them.
import { useLayoutEffect, useRef, useSignal } from "../../lib/ui.js";
import { Refused } from "../../models/errors.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";

/** A button's deed that is not started twice. A refusal becomes a toast; resolves with whether it was done. */
export function useDeed() {
  const { toasts } = useChat();
  const busy = useSignal(false);
  const run = async (deed) => {
    if (busy.peek()) return false;
    busy.value = true;
    try {
      await deed();
      return true;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      toasts.refused(refused);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { isBusy: busy.value, run };
}

/** The same for a form: a refusal that names one of `fields` stands under that field. `ref` belongs on the form. */
export function useForm(fields) {
  const ref = useRef(null);
  const errors = useSignal({});
  const wantsFocus = useRef(false);
  const { isBusy, run } = useDeed();
  useLayoutEffect(() => {
    if (wantsFocus.current) ref.current?.querySelector('[aria-invalid="true"]')?.focus();
    wantsFocus.current = false;
  }, [errors.value]);
  const show = (found) => {
    wantsFocus.current = true;
    errors.value = found;
  };
  const submit = async (found, deed) => {
    const wrong = Object.fromEntries(Object.entries(found).filter(([, sentence]) => sentence));
    if (Object.keys(wrong).length) {
      show(wrong);
      return false;
    }
    errors.value = {};
    return run(() => underFields(deed, fields, show));
  };
  const clear = (name) => name in errors.peek() && (errors.value = { ...errors.peek(), [name]: undefined });
  return { ref, isBusy, errors: errors.value, submit, clear };
}

async function underFields(deed, fields, show) {
  try {
    await deed();
  } catch (refused) {
    if (!(refused instanceof Refused) || !fields.includes(refused.field)) throw refused;
    show({ [refused.field]: refusalText(refused) });
  }
}

/** For onSubmit: the page stays. */
export function staying(deed) {
  return (event) => {
    event.preventDefault();
    deed();
  };
}
