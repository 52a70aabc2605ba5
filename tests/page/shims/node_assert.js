// node:assert/strict for a browser: as much of it as the tests in models/ use. What equal means is same.js's.
import { same } from "./same.js";

class AssertionError extends Error {
  name = "AssertionError";
}

export default function assert(value, message) {
  check(value, message, () => `${show(value)} is not truthy`);
}

Object.assign(assert, {
  AssertionError,
  ok: assert,
  fail(message = "failed") {
    check(false, message);
  },
  equal(found, wanted, message) {
    check(Object.is(found, wanted), message, () => `${show(found)} is not ${show(wanted)}`);
  },
  notEqual(found, unwanted, message) {
    check(!Object.is(found, unwanted), message, () => `both are ${show(found)}`);
  },
  deepEqual(found, wanted, message) {
    check(same(found, wanted), message, () => `${show(found)} is not like ${show(wanted)}`);
  },
  notDeepEqual(found, unwanted, message) {
    check(!same(found, unwanted), message, () => `both are like ${show(found)}`);
  },
  match(text, pattern, message) {
    check(pattern.test(text), message, () => `${show(text)} does not match ${pattern}`);
  },
  doesNotMatch(text, pattern, message) {
    check(!pattern.test(text), message, () => `${show(text)} matches ${pattern}`);
  },
  throws(run, wanted, message) {
    let thrown = null;
    try {
      run();
    } catch (error) {
      thrown = { error };
    }
    fits(thrown, wanted, message);
  },
  doesNotThrow(run) {
    run();
  },
  async rejects(promise, wanted, message) {
    const running = typeof promise === "function" ? promise() : promise;
    fits(await running.then(() => null, (error) => ({ error })), wanted, message);
  },
  async doesNotReject(promise) {
    await (typeof promise === "function" ? promise() : promise);
  },
});
Object.assign(assert, {
  strictEqual: assert.equal,
  notStrictEqual: assert.notEqual,
  deepStrictEqual: assert.deepEqual,
  notDeepStrictEqual: assert.notDeepEqual,
});

function check(holds, message, otherwise) {
  if (holds) return;
  if (message instanceof Error) throw message;
  throw new AssertionError(message ?? otherwise());
}

/** What may be wanted of an error: its class, a pattern for its text, a judge, or an object with some of its fields. */
function fits(thrown, wanted, message) {
  check(thrown !== null, typeof wanted === "string" ? wanted : message, () => "nothing was thrown");
  if (wanted === undefined || typeof wanted === "string") return;
  const { error } = thrown;
  const told = () => `thrown was ${error?.stack ?? show(error)}`;
  if (wanted instanceof RegExp) check(wanted.test(String(error)), message, told);
  else if (wanted === Error || wanted.prototype instanceof Error) check(error instanceof wanted, message, told);
  else if (typeof wanted === "function") check(wanted(error) === true, message, told);
  else {
    for (const [key, value] of Object.entries(wanted)) {
      const holds = value instanceof RegExp ? value.test(error[key]) : same(error[key], value);
      check(holds, message, told);
    }
  }
}

function show(value) {
  try {
    return JSON.stringify(value, (_, inner) => {
      if (inner instanceof Map || inner instanceof Set) return { [inner.constructor.name]: [...inner] };
      return inner === undefined || Number.isNaN(inner) ? String(inner) : inner;
    });
  } catch {
    return String(value);
  }
}
