// What an administrator may do with somebody, by the state of the account; and how each is begun.
import { t } from "../../lib/text.js";
import { Refused } from "../../models/errors.js";
import { nameOf } from "../parts/parts.js";
import { ask } from "./ask.js";
import { askToDeactivate } from "./deactivate.js";
import { removeUser } from "./remove_user.js";
import { resetPassword } from "./reset_password.js";
import { showSessions } from "./user_sessions.js";

/** The names of the deeds, in order; "rule" stands before the red part. */
export function deedsFor({ status, role, isAdmin }) {
  if (status === "deactivated") return ["activate", "rule", "remove"];
  const own = role === "bot" ? [] : [isAdmin ? "demote" : "promote", "password"];
  const sessions = status === "pending" ? [] : ["sessions"];
  return [...own, ...sessions, ...(own.length || sessions.length ? ["rule"] : []), "deactivate", "remove"];
}

const looks = {
  view: { icon: "eye" },
  edit: { icon: "edit" },
  totp: { icon: "phone" },
  endSessions: { icon: "out" },
  welcome: { icon: "mail" },
  promote: { icon: "shield" },
  demote: { icon: "shield" },
  password: { icon: "key" },
  sessions: { icon: "monitor" },
  activate: { icon: "check" },
  deactivate: { icon: "ban", danger: true },
  remove: { icon: "trash", danger: true },
};

/** Items for openMenu; `more` are deeds of who asks, by their names. */
export function personMenu({ user, chat, accounts, deeds = deedsFor(user), more = {} }) {
  const runs = { ...runsFor({ user, chat, accounts }), ...more };
  const entry = (deed) => ({
    ...looks[deed],
    label: t(`deed.${deed}`),
    trail: /sessions/i.test(deed) && user.counts ? t("admin.number", { n: user.counts.sessions }) : undefined,
    run: runs[deed],
  });
  return deeds.map((deed) => (deed === "rule" ? deed : entry(deed)));
}

function runsFor({ user, chat, accounts }) {
  const { toasts } = chat;
  const name = nameOf(user);
  const done = (key) => toasts.show({ text: t(key, { name }) });
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
    demote: () => atOnce(toasts, async () => (await accounts.setRole(user.id, "user"), done("demote.done"))),
    activate: () => atOnce(toasts, async () => (await accounts.activate(user.id), done("activate.done"))),
    password: () => resetPassword({ user, accounts }),
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
        run: async () => toasts.show({ text: t("userSessions.ended", { name, n: await accounts.endSessions(user.id) }) }),
      }),
    deactivate: () => askToDeactivate({ user, chat, accounts }),
    remove: () => removeUser({ user, accounts }),
  };
}

async function atOnce(toasts, deed) {
  try {
    await deed();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    toasts.refused(refused);
  }
}
