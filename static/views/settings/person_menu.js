// What an administrator may do with somebody, by the state of the account; and how each is begun.
import { download } from "../../lib/download.js";
import { t } from "../../lib/text.js";
import { html } from "../../lib/ui.js";
import { Refused } from "../../models/errors.js";
import { nameOf } from "../parts/parts.js";
import { ask } from "./ask.js";
import { askToDeactivate } from "./deactivate.js";
import { Made } from "./made.js";
import { removeUser } from "./remove_user.js";
import { resetPassword } from "./reset_password.js";
import { showSessions } from "./user_sessions.js";

/** The names of the deeds in Settings, in order; "rule" stands before the red part. */
export function deedsFor({ status, role, isAdmin, email }, { hasEmail }) {
  if (status === "deactivated") return ["activate", "rule", "remove"];
  const own = role === "bot" ? [] : [isAdmin ? "demote" : "promote", "password"];
  if (status !== "pending") own.push("sessions");
  else if (hasEmail && email && role !== "bot") own.push("welcome");
  return [...own, ...(own.length ? ["rule"] : []), "deactivate", "remove"];
}

const looks = {
  view: { icon: "eye" },
  edit: { icon: "edit" },
  totp: { icon: "phone" },
  endSessions: { icon: "out" },
  export: { icon: "download" },
  welcome: { icon: "mail" },
  promote: { icon: "shield" },
  demote: { icon: "shield" },
  password: { icon: "key" },
  sessions: { icon: "monitor" },
  activate: { icon: "check" },
  deactivate: { icon: "ban", danger: true },
  remove: { icon: "trash", danger: true },
};

/**
 * Items for openMenu. `more` are deeds of who asks, by their names; `tell(text)` says what was done, and is given where a
 * toast alone is not enough.
 */
export function personMenu({ user, chat, accounts, deeds, more = {}, tell = (text) => chat.toasts.show({ text }) }) {
  const runs = { ...runsFor({ user, chat, accounts, tell }), ...more };
  const entry = (deed) => ({
    ...looks[deed],
    label: t(`deed.${deed}`),
    trail: /sessions/i.test(deed) && user.counts ? t("admin.number", { n: user.counts.sessions }) : undefined,
    run: runs[deed],
  });
  return deeds.map((deed) => (deed === "rule" ? deed : entry(deed)));
}

function runsFor({ user, chat, accounts, tell }) {
  const { toasts } = chat;
  const name = nameOf(user);
  const done = (key) => tell(t(key, { name }));
  return {
    promote: () =>
      ask({
        title: t("promote.title", { name }),
        body: t("promote.body"),
        deed: t("promote.deed"),
        danger: false,
        user,
        run: async () => (await accounts.setRole(user.id, "admin"), done("promote.done")),
      }),
    demote: () => demote({ user, accounts, toasts, done: () => done("demote.done") }),
    activate: () => atOnce(toasts, async () => (await accounts.activate(user.id), done("activate.done"))),
    password: () => resetPassword({ user, accounts, tell }),
    export: () => atOnce(toasts, async () => (download(await accounts.exportUser(user.id)), done("export.done"))),
    totp: () =>
      ask({
        title: t("totp.resetTitle", { name }),
        body: t("totp.resetBody"),
        deed: t("deed.totp"),
        user,
        run: async () => (await accounts.resetTotp(user.id), done("totp.resetDone")),
      }),
    welcome: () => atOnce(toasts, async () => (await accounts.resendWelcome(user.id), done("welcome.done"))),
    sessions: () => showSessions({ user }),
    endSessions: () =>
      ask({
        title: t("endSessions.title", { name }),
        body: t("endSessions.body", { n: user.counts?.sessions ?? 0 }),
        deed: t("deed.endSessions"),
        user,
        run: async () => tell(t("userSessions.ended", { name, n: await accounts.endSessions(user.id) })),
      }),
    deactivate: () => askToDeactivate({ user, accounts, tell }),
    remove: () => removeUser({ user, accounts, tell }),
  };
}

/** At once, unless something that they made would end with it. */
async function demote({ user, accounts, toasts, done }) {
  const run = async () => (await accounts.setRole(user.id, "user"), done());
  if (!(await accounts.made(user.id).catch(() => 0))) return atOnce(toasts, run);
  ask({
    title: t("demote.title", { name: nameOf(user) }),
    body: t("demote.body"),
    more: html`<${Made} user=${user} accounts=${accounts} />`,
    deed: t("demote.deed"),
    user,
    run,
  });
}

async function atOnce(toasts, deed) {
  try {
    await deed();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    toasts.refused(refused);
  }
}
