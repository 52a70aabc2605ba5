// Strict deep equality as node:assert/strict has it: same prototype, same own keys, NaN equals itself, -0 is not 0.

export function same(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Date) return Object.is(one.getTime(), other.getTime());
  if (one instanceof RegExp) return String(one) === String(other);
  if (one instanceof Error && (one.message !== other.message || one.name !== other.name)) return false;
  if (one instanceof Map && !sameMaps(one, other)) return false;
  if (one instanceof Set && !sameSets(one, other)) return false;
  return Array.isArray(one) && one.length !== other.length ? false : sameFields(one, other);
}

function sameFields(one, other) {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length
    && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

function sameMaps(one, other) {
  return one.size === other.size && [...one].every(([key, value]) => other.has(key) && same(value, other.get(key)));
}

function sameSets(one, other) {
  return one.size === other.size
    && [...one].every((member) => other.has(member) || [...other].some((candidate) => same(member, candidate)));
}
