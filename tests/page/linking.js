// Parses and links every module given, without running any: a missing file or a missing export is an error that names
// both. Run by test_assets.py as `node --experimental-vm-modules linking.js <folder> <module>...`.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

const [folder, ...names] = process.argv.slice(2);
const modules = new Map();

function load(url) {
  if (!modules.has(url)) {
    const source = readFileSync(fileURLToPath(url), "utf8");
    modules.set(url, new vm.SourceTextModule(source, { identifier: fileURLToPath(url) }));
  }
  return modules.get(url);
}

const failed = [];
for (const name of names) {
  try {
    const module = load(pathToFileURL(resolve(folder, name)).href);
    if (module.status === "unlinked") {
      await module.link((specifier, from) => load(new URL(specifier, pathToFileURL(from.identifier)).href));
    }
  } catch (error) {
    failed.push(`${name}: ${error.message}\n${error.stack.split("\n").slice(0, 4).join("\n")}`);
  }
}
process.stdout.write(failed.join("\n"));
process.exitCode = failed.length ? 1 : 0;
