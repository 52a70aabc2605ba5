// Whose names are taken for one another: the server's rules (UTS #39) in small, for display names, which may be alike.

const ALIKE =
  "аaеeоoрpсcхxуyіiїiјjѕsԁdһhкkмmнhвbтtгrԝwӏlαaβbεeηnιiκkνvοoρpτtυuχxγyωw0o1l|lıi";
const latin = new Map(Array.from({ length: ALIKE.length / 2 }, (_, at) => [ALIKE[2 * at], ALIKE[2 * at + 1]]));

/** Two names with the same one look alike. */
export function lookOf(name) {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}\s._-]/gu, "");
  return Array.from(plain, (letter) => latin.get(letter) ?? letter).join("");
}
