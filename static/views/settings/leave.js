// Leaving the server for good. Signing out, which ends one session only, is in the own menu.
import { html, useEffect, useState } from "../../lib/ui.js";
import { t, tParts } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { useChat } from "../context.js";
import { Button, Field, Notice, PasswordField } from "../parts/parts.js";
import { staying, useForm } from "./form.js";
import { AccountName } from "./password.js";
import { useServerFacts } from "./server_facts.js";

export function Leave() {
  const chat = useChat();
  const { isDev } = useServerFacts();
  const form = useForm(["password"]);
  const isLast = useLastAdministrator();
  const [password, setPassword] = useState("");
  const [typed, setTyped] = useState("");
  const { userName } = chat.me.value;
  const leave = () =>
    form.submit({ password: !password && !isDev && t("field.required") }, () =>
      chat.ask(request.meLeaveServer, password ? { password } : {}),
    );
  const reason = isLast ? t("error.last_admin") : typed !== userName && t("leave.typeFirst", { name: userName });
  return html`<form class="stack" ref=${form.ref} novalidate onSubmit=${staying(() => reason || leave())}>
    <p class="soft">${t("leave.about", { server: chat.server.value.name })}</p>
    ${isLast && html`<${Notice} kind="warn" icon="alert">${t("error.last_admin")}<//>`}
    <${AccountName} userName=${userName} />
    <${PasswordField}
      name="password" label=${t("leave.password")} hint=${isDev ? t("leave.passwordDev") : undefined}
      value=${password} error=${form.errors.password} onInput=${(text) => (form.clear("password"), setPassword(text))}
    />
    <${TypedName} name=${userName} value=${typed} onInput=${setTyped} />
    <div class="row"><${Button} type="submit" kind="danger" busy=${form.isBusy} disabledReason=${reason}>${t("leave.deed")}<//></div>
  </form>`;
}

/** A name to be typed to the letter before something is done that cannot be undone. */
export function TypedName({ name, value, onInput, ...rest }) {
  const label = tParts("confirm.type", { name: html`<bdi class="mono">${name}</bdi>` });
  return html`<${Field}
    name="typed" label=${label} value=${value} autocomplete="off" autocapitalize="none" spellcheck=${false}
    onInput=${({ currentTarget }) => onInput(currentTarget.value)} ...${rest}
  />`;
}

/** Nobody else could administer: asked when one looks, for the server refuses in any case. */
function useLastAdministrator() {
  const chat = useChat();
  const [isLast, setLast] = useState(false);
  const { isAdmin } = chat.me.value;
  useEffect(() => {
    const look = async () => {
      const { counts } = await chat.ask(request.adminListUsers, { role: "admin", limit: 1 });
      setLast(counts.active + counts.pending <= 1);
    };
    const forget = () => setLast(false);
    if (!isAdmin) return forget();
    look().catch(forget);
    const offs = ["user.updated", "user.removed"].map((name) => chat.on(name, () => look().catch(forget)));
    return () => offs.forEach((off) => off());
  }, [isAdmin]);
  return isLast;
}
