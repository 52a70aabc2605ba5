// What the forms need to know of the server before they ask it anything: the password policy, whether it sends e-mail.
import { useDoor } from "../context.js";

export function useServerFacts() {
  const { auth } = useDoor().config.value;
  return { policy: auth.passwordPolicy, hasEmail: auth.hasEmail, isDev: auth.mode === "dev" };
}
