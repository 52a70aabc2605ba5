// node:test for a browser: as much of it as the tests in models/ use. Tests run one after the other when asked to.
const tests = [];
const around = { before: [], after: [], beforeEach: [], afterEach: [] };

export function test(name, options, run) {
  tests.push({ name, run: run ?? options });
}

test.skip = () => {
  throw new Error("No test is skipped here.");
};

export const it = test;

export function describe(name, add) {
  const first = tests.length;
  add();
  for (const one of tests.slice(first)) one.name = `${name}: ${one.name}`;
}

export const before = (run) => around.before.push(run);
export const after = (run) => around.after.push(run);
export const beforeEach = (run) => around.beforeEach.push(run);
export const afterEach = (run) => around.afterEach.push(run);

export default test;

/** Runs all that was added: how many, and the names and stacks of those that failed. */
export async function runAll() {
  const failed = [];
  await each(around.before);
  for (const { name, run } of tests) {
    try {
      await each(around.beforeEach);
      await run(context(name, failed));
    } catch (error) {
      failed.push(`${name}\n${error.stack ?? error}`);
    } finally {
      await each(around.afterEach);
    }
  }
  await each(around.after);
  return { count: tests.length, failed };
}

function context(name, failed) {
  return {
    name,
    diagnostic() {},
    async test(inner, options, run) {
      try {
        await (run ?? options)(context(`${name}: ${inner}`, failed));
      } catch (error) {
        failed.push(`${name}: ${inner}\n${error.stack ?? error}`);
      }
    },
  };
}

async function each(runs) {
  for (const run of runs) await run();
}
