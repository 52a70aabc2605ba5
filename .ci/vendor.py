"""`make vendor`: the libraries of the page, taken from npm into static/vendor/ with their licences.

Which and in what versions stands in static/package.json. Nothing is bundled or compiled: each file is the package's own
ES module with its bare imports made relative, so that a browser reads it as it is. The page itself never needs this
script; it runs when a version changes, and two runs write the same bytes.
"""

import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
FOR_TESTS = ROOT / "tests" / "page" / "vendor"
NEIGHBOURS = {"preact": "preact", "preact/hooks": "hooks", "@preact/signals-core": "signals-core"}
BARE_IMPORT = re.compile(rf'(?<=from)"({"|".join(NEIGHBOURS)})"')
MODULE_STATEMENT = re.compile(r"""([;}])((?:import|export)\s*(?:\{[\w$\s,]*\}|default\b))""")
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*\Z")
NEWEST_EMOJI = 15.1  # what came later is missing from the fonts of systems that people still use


class Package:
    """One published package, read without unpacking it."""

    def __init__(self, archive: Path, version: str) -> None:
        self.version = version
        with tarfile.open(archive) as tar:
            self._files = {
                member.name.partition("/")[2]: found.read()
                for member in tar
                if (found := tar.extractfile(member)) is not None
            }
        self.name: str = self.json("package.json")["name"]

    def text(self, path: str) -> str:
        return self._files[path].decode()

    def json(self, path: str) -> Any:
        return json.loads(self._files[path])

    @property
    def short_name(self) -> str:
        return self.name.removeprefix("@").replace("/", "-")

    @property
    def licence(self) -> str:
        """Every text of a licence that the package carries; some are offered under either of two."""
        names = sorted(name for name in self._files if re.match(r"LICEN[CS]E", name))
        return "\n".join(self.text(name).strip() + "\n" for name in names)


@dataclass(frozen=True)
class Taken:
    """One file of ours, made from one package."""

    package: str
    to: Path
    make: Callable[[Package], str]


def module(path: str) -> Callable[[Package], str]:
    """An ES module as published."""
    return lambda package: package.text(path)


def from_common_js(path: str) -> Callable[[Package], str]:
    """A module of the older kind, which finds the names that it looks for; DOMPurify is minified in this kind only."""

    def made(package: Package) -> str:
        return (
            "const module = { exports: {} };\nconst exports = module.exports;\n"
            + SOURCE_MAP.sub("", package.text(path))
            + "\nexport default module.exports;\n"
        )

    return made


def emoji(package: Package) -> str:
    """The emoji of the picker, without skin tones and loose components, in Unicode's order.

    They are written in Unicode's fully qualified form, which is what keyboards send: emojibase puts a variation
    selector also behind those that are pictures without one, and a reaction would then stand twice.
    """
    entries = sorted(package.json("en/data.json"), key=lambda entry: entry.get("order", 0))
    pictures = {entry["hexcode"] for entry in entries if entry["type"] == 1}
    codes = [package.json(f"en/shortcodes/{source}.json") for source in ("github", "iamcal")]
    spare = package.json("en/shortcodes/emojibase.json")
    rows = []
    for entry in entries:
        if entry.get("group") in (None, 2) or entry["version"] > NEWEST_EMOJI:
            continue
        names = _names(found.get(entry["hexcode"], []) for found in codes) or _names([spare[entry["hexcode"]]])
        names = [name for name in names if re.fullmatch(r"[\w+-]+", name, re.ASCII)]
        row = [_qualified(entry["emoji"], pictures), entry["label"], names, entry["group"], entry.get("tags", [])]
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    groups = package.json("meta/groups.json")["groups"]
    return (
        "// Each: [emoji, label, shortcodes, group, tags]. Groups: "
        + ", ".join(f"{number} {name}" for number, name in groups.items() if number != "2")
        + ".\nexport const emoji = [\n"
        + ",\n".join(rows)
        + "\n];\n"
    )


def _names(found: Iterable[str | list[str]]) -> list[str]:
    """All names once, in the order in which they come."""
    return list(dict.fromkeys(name for names in found for name in ([names] if isinstance(names, str) else names)))


def _qualified(character: str, pictures: set[str]) -> str:
    kept: list[str] = []
    for point in character:
        if point == "\ufe0f" and kept and f"{ord(kept[-1]):X}" in pictures:
            continue
        kept.append(point)
    return "".join(kept)


TAKEN = (
    Taken("preact", VENDOR / "preact.js", module("dist/preact.mjs")),
    Taken("preact", VENDOR / "hooks.js", module("hooks/dist/hooks.mjs")),
    Taken("htm", VENDOR / "htm.js", module("dist/htm.mjs")),
    Taken("@preact/signals-core", VENDOR / "signals-core.js", module("dist/signals-core.mjs")),
    Taken("@preact/signals", VENDOR / "signals.js", module("dist/signals.mjs")),
    Taken("marked", VENDOR / "marked.js", module("lib/marked.esm.js")),
    Taken("dompurify", VENDOR / "purify.js", from_common_js("dist/purify.min.js")),
    Taken("emojibase-data", VENDOR / "emoji.js", emoji),
    Taken("axe-core", FOR_TESTS / "axe.min.js", module("axe.min.js")),
)


def pack(name: str, version: str, folder: Path) -> Package:
    """The package as npm has it; npm holds its bytes against the registry's digest."""
    command = ["npm", "pack", "--json", "--ignore-scripts", "--pack-destination", str(folder), f"{name}@{version}"]
    packed = subprocess.run(command, check=True, capture_output=True, text=True)
    return Package(folder / json.loads(packed.stdout)[0]["filename"].replace("/", "-").removeprefix("@"), version)


def for_browsers(text: str) -> str:
    """Bare imports become neighbours, no file asks for a map that is not here, and imports and exports start a line."""
    text = SOURCE_MAP.sub("", text)
    text = MODULE_STATEMENT.sub(r"\1\n\2", text)
    return BARE_IMPORT.sub(lambda found: f'"./{NEIGHBOURS[found.group(1)]}.js"', text).rstrip() + "\n"


def write(taken: Taken, package: Package) -> None:
    licence = taken.to.parent / "licences" / f"{package.short_name}.txt"
    licence.parent.mkdir(parents=True, exist_ok=True)
    licence.write_text(package.licence)
    first = (
        f"// {package.name} {package.version}; licence: licences/{licence.name}. Made by `make vendor`, not by hand."
    )
    taken.to.write_text(f"{first}\n{for_browsers(taken.make(package))}")


def main() -> None:
    pinned = json.loads((STATIC / "package.json").read_text())
    versions = pinned["dependencies"] | pinned["devDependencies"]
    with tempfile.TemporaryDirectory() as folder:
        packages = {name: pack(name, version, Path(folder)) for name, version in versions.items()}
    for taken in TAKEN:
        write(taken, packages[taken.package])


if __name__ == "__main__":
    main()
