// Which sections Settings has, in which order, and whose they are. What stands in them is theirs.
import { Appearance } from "./appearance.js";
import { Leave } from "./leave.js";
import { Notifications } from "./notifications.js";
import { OwnBots } from "./own_bots.js";
import { OwnSessions } from "./own_sessions.js";
import { OwnTokens } from "./own_tokens.js";
import { Password } from "./password.js";
import { People } from "./people.js";
import { Profile } from "./profile.js";
import { ServerName } from "./server_name.js";
import { TwoStep } from "./two_step.js";

const SECTIONS = [
  { id: "profile", icon: "user", Section: Profile },
  { id: "password", icon: "key", Section: Password },
  { id: "twoStep", icon: "phone", Section: TwoStep },
  { id: "notifications", icon: "bell", Section: Notifications },
  { id: "sessions", icon: "monitor", Section: OwnSessions },
  { id: "tokens", icon: "plug", Section: OwnTokens },
  { id: "bots", icon: "bot", Section: OwnBots },
  { id: "appearance", icon: "eye", Section: Appearance },
  { id: "leave", icon: "out", Section: Leave },
  { id: "people", icon: "people", Section: People, admin: true },
  { id: "server", icon: "sliders", Section: ServerName, admin: true },
];

/** The section of this name, as far as one may see it; else the first. */
export function sectionOf(id, { isAdmin }) {
  return SECTIONS.find((section) => section.id === id && (isAdmin || !section.admin)) ?? SECTIONS[0];
}

/** The navigation: one's own part, and for administrators the server's. */
export function groups({ isAdmin }) {
  const own = { id: "you", sections: SECTIONS.filter((section) => !section.admin) };
  const admin = { id: "server", sections: SECTIONS.filter((section) => section.admin) };
  return isAdmin ? [own, admin] : [own];
}
