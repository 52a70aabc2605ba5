// The one table of keys: what the page listens to everywhere, and what the keyboard map shows. What has an `id` is run
// by shortcuts.js; the others are the composer's and the message list's own.

export const keymap = [
  {
    title: "keyboard.go",
    rows: [
      { text: "keyboard.jump", keys: [{ id: "jump", combination: "Mod+K" }] },
      {
        text: "keyboard.channel",
        keys: [
          { id: "previousChannel", combination: "Alt+ArrowUp" },
          { id: "nextChannel", combination: "Alt+ArrowDown" },
        ],
      },
      {
        text: "keyboard.unread",
        keys: [
          { id: "previousUnread", combination: "Alt+Shift+ArrowUp" },
          { id: "nextUnread", combination: "Alt+Shift+ArrowDown" },
        ],
      },
      { text: "keyboard.rows", keys: [{ combination: "ArrowUp" }, { combination: "ArrowDown" }] },
      {
        text: "keyboard.regions",
        keys: [
          { id: "nextRegion", combination: "F6" },
          { id: "previousRegion", combination: "Shift+F6", isHidden: true },
        ],
      },
      { text: "keyboard.escape", keys: [{ id: "escape", combination: "Escape" }] },
    ],
  },
  {
    title: "keyboard.write",
    rows: [
      { text: "keyboard.send", keys: [{ combination: "Enter" }] },
      { text: "keyboard.newLine", keys: [{ combination: "Shift+Enter" }] },
      { text: "keyboard.editLast", keys: [{ combination: "ArrowUp" }] },
      { text: "keyboard.emoji", keys: [{ combination: ":", then: "keyboard.emojiExample" }] },
      { text: "keyboard.mention", keys: [{ combination: "@" }, { combination: "#" }] },
      { text: "keyboard.bold", keys: [{ combination: "Mod+B" }] },
      { text: "keyboard.italic", keys: [{ combination: "Mod+I" }] },
      { text: "keyboard.code", keys: [{ combination: "Mod+Shift+C" }] },
    ],
  },
  {
    title: "keyboard.message",
    rows: [
      { text: "keyboard.walk", keys: [{ combination: "ArrowUp" }, { combination: "ArrowDown" }] },
      { text: "keyboard.tools", keys: [{ combination: "Enter" }] },
      { text: "keyboard.react", keys: [{ combination: "R" }], isLetter: true },
      { text: "keyboard.thread", keys: [{ combination: "T" }], isLetter: true },
      { text: "keyboard.quote", keys: [{ combination: "Q" }], isLetter: true },
      { text: "keyboard.edit", keys: [{ combination: "E" }], isLetter: true },
      { text: "keyboard.unreadHere", keys: [{ combination: "U" }], isLetter: true },
      { text: "keyboard.delete", keys: [{ combination: "Delete" }] },
    ],
  },
  {
    title: "keyboard.everywhere",
    rows: [
      { text: "keyboard.map", keys: [{ id: "keyboard", combination: "?" }] },
      { text: "keyboard.settings", keys: [{ id: "settings", combination: "Mod+," }] },
      { text: "shell.admin", keys: [{ id: "admin", combination: "G", then: "keyboard.thenA" }], isLetter: true, isAdmin: true },
    ],
  },
];

/** What the page listens to everywhere: [{id, combination}]. */
export const pageKeys = keymap
  .flatMap(({ rows }) => rows)
  .flatMap(({ keys }) => keys)
  .filter(({ id }) => id);

/** The combination of a command, to be named beside its button. */
export const combinationOf = (id) => pageKeys.find((key) => key.id === id).combination;
