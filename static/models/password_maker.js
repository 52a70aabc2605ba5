// A first password for somebody else: chance made easy to read out and to type. What a password must be is the policy's.

const LETTERS = "abcdefghjkmnpqrstuvwxyz"; // none that looks like another: no i, l, o
const DIGITS = "23456789";
const GROUP = 4;
const GROUPS = 4; // about 75 bits

/** `random(n)` gives a whole number from 0 to below n, each as likely. Keeps every rule that `policy` may have. */
export function makePassword(policy, random) {
  const groups = Math.max(GROUPS, Math.ceil((policy.minLength + 1) / (GROUP + 1)));
  const first = [policy.upper ? LETTERS.toUpperCase() : LETTERS, DIGITS, LETTERS]; // one of each kind
  const characters = [];
  for (let at = 0; at < groups * GROUP; at += 1) {
    const alphabet = first[at] ?? LETTERS + DIGITS;
    const left = [...alphabet].filter((character) => character !== characters.at(-1)); // no rule on repetition breaks
    characters.push(left[random(left.length)]);
  }
  const text = characters.join("").replace(/(.{4})(?=.)/g, "$1-"); // the hyphen is the special character
  return text.slice(0, policy.maxBytes);
}
