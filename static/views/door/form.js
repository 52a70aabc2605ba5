// The state of a form at the door: what is wrong with it, whether it is under way, and the focus on what is wrong.
// What is checked and sent is handed in.
import { useLayoutEffect, useRef, useState } from "../../lib/ui.js";

/**
 * `check(values)` gives {field: sentence}; `send(values)` may reject with `Refused`; `explain(refused)` makes it
 * {field: sentence} again, where the field "form" is the whole. The values are read from the inputs by their names when
 * the form is sent: what a password manager fills in raises no event in some browsers.
 */
export function useForm({ check, send, explain }) {
  const ref = useRef(null);
  const [errors, setErrors] = useState({});
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => {
    const wrong = ref.current?.querySelector("[aria-invalid=true][data-focus-error]") ?? ref.current?.querySelector("[aria-invalid=true]");
    wrong?.focus();
    wrong?.select(); // typing again replaces it
  }, [errors]);
  const onSubmit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    const values = Object.fromEntries(new FormData(event.currentTarget));
    const wrong = check(values);
    setErrors(wrong);
    if (Object.keys(wrong).length) return;
    setBusy(true);
    try {
      await send(values);
    } catch (refused) {
      setErrors(explain(refused));
    }
    setBusy(false);
  };
  const clear = (...fields) => {
    if (fields.some((field) => errors[field])) setErrors(Object.fromEntries(Object.entries(errors).filter(([field]) => !fields.includes(field))));
  };
  return { ref, errors, isBusy, onSubmit, clear };
}
