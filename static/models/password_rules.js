// Which rules of the server's password policy a password meets, for showing while one types. The server judges itself.

const patterns = { lower: /[a-z]/, upper: /[A-Z]/, digit: /[0-9]/, special: /[^A-Za-z0-9 ]/ };

/** [{key, n, met}]: one for each rule that is switched on, named as in `passwordPolicy` of config.json. */
export function passwordRules(policy, value) {
  const rules = [{ key: "minLength", n: policy.minLength, met: [...value].length >= policy.minLength }];
  if (policy.maxBytes) {
    const bytes = new TextEncoder().encode(value).length;
    // A bound hardly anybody meets is worth a line only once it is passed.
    if (bytes > policy.maxBytes) rules.push({ key: "maxBytes", n: policy.maxBytes, met: false });
  }
  if (policy.maxRepeat) rules.push({ key: "maxRepeat", n: policy.maxRepeat, met: longestRun(value) <= policy.maxRepeat && value !== "" });
  for (const [key, pattern] of Object.entries(patterns)) if (policy[key]) rules.push({ key, n: 1, met: pattern.test(value) });
  return rules;
}

export function meetsPolicy(policy, value) {
  return passwordRules(policy, value).every(({ met }) => met);
}

/** Spaces at either end are kept by the server: worth a warning, no fault. */
export function hasOuterSpace(value) {
  return value !== value.trim();
}

function longestRun(value) {
  let longest = 0;
  let run = 0;
  let before = null;
  for (const character of value) {
    run = character === before ? run + 1 : 1;
    before = character;
    longest = Math.max(longest, run);
  }
  return longest;
}
