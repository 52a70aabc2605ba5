// The pages of the admin panel in the order of its navigation. What stands in them is theirs.
import { UsersPage } from "./users.js";

/** `count(totals)` is the number beside the name, of what admin.stats says. A page gets `{admin, path}`. */
export const PAGES = [
  { id: "users", icon: "people", Page: UsersPage, count: ({ users }) => users },
];

export const pageOf = (id) => PAGES.find((page) => page.id === id) ?? null;
