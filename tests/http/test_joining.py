"""Modules joined into few files: the same order, the same names, and a refusal of what is not understood."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from chatd.http.joining import UnknownForm, joined, joined_style, reached
from tests.conftest import NOT_RUN


def run(folder: Path, modules: dict[str, str]) -> str:
    """What the joined modules print."""
    node = shutil.which("node")
    if node is None:
        pytest.skip(f"{NOT_RUN}node is missing (the tests of the page run on joined modules)")
    for path, text in joined(modules).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    outcome = subprocess.run([node, str(folder / "app.js")], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_all_forms_of_the_page_mean_the_same(tmp_path: Path) -> None:
    """Lists over several lines, other names, defaults, classes, functions, and names passed on."""
    modules = {
        "app.js": (
            "// The entry.\n"
            'import {\n  Ship,\n  sail as go, depth,\n} from "./lib/ship.js";\n'
            'import anchor from "./lib/anchor.js";\n'
            'import { harbour, tide } from "./lib/harbour.js";\n'
            'import "./lib/loud.js";\n'
            "console.log(new Ship().name, go(), depth, anchor(), harbour, tide, [...await_()].join());\n"
            "async function* never() {}\nfunction* await_() { yield 1; yield 2; }\n"
        ),
        "lib/ship.js": (
            'import { tide } from "./harbour.js";\n'
            "/**\n * A ship.\n */\nexport class Ship {\n  /** Its name. */\n  name = `tide ${tide}`;\n}\n"
            'export function sail() {\n  // slowly\n  return "sails // far";\n}\n'
            "export const depth = 7;\nexport async function late() {}\nexport function* each() {}\n"
        ),
        "lib/anchor.js": 'export default function () { return "held" }\n',
        "lib/harbour.js": 'const inner = "Hull";\nexport { inner as harbour };\nexport { tide } from "./tide.js";\n',
        "lib/tide.js": "const $ = 3, modules = $;\nexport { modules as tide };\n",
        "lib/loud.js": 'console.log("loud");\n',
    }
    assert run(tmp_path, modules) == "loud\ntide 3 sails // far 7 held Hull 3 1,2\n"


def test_modules_run_in_the_order_of_a_browser(tmp_path: Path) -> None:
    """Each behind what it needs, in the order of the import statements, and once."""
    tell = "console.log({});\n"
    modules = {
        "app.js": 'import "./b.js";\nimport "./a.js";\n' + tell.format('"app"'),
        "a.js": 'import "./c.js";\n' + tell.format('"a"'),
        "b.js": 'export { d } from "./d.js";\nimport "./c.js";\n' + tell.format('"b"'),
        "c.js": tell.format('"c"'),
        "d.js": "export const d = 1;\n" + tell.format('"d"'),
    }
    assert reached("app.js", modules) == ["d.js", "c.js", "b.js", "a.js", "app.js"]
    assert run(tmp_path, modules).split() == ["d", "c", "b", "a", "app"]


def test_what_comes_later_shares_what_is_there(tmp_path: Path) -> None:
    """A module behind `import()` sees the very same modules, and two such files run what both need once."""
    modules = {
        "app.js": (
            'import { seen } from "./lib/seen.js";\n'
            'const one = await_(import("./views/one.js"));\n'
            "function await_(promise) { return promise.then((module) => module.one + module.default); }\n"
            'one.then((name) => import("./views/deep/two.js").then(({ two }) => console.log(name, two, seen)));\n'
        ),
        "lib/seen.js": "export const seen = [];\n",
        "lib/both.js": 'import { seen } from "./seen.js";\nseen.push("both");\nexport const both = seen.length;\n',
        "views/one.js": (
            'import { both } from "../lib/both.js";\nexport const one = "one" + both;\nexport default "!";\n'
        ),
        "views/deep/two.js": (
            'import { both } from "../../lib/both.js";\nimport { seen } from "../../lib/seen.js";\nseen.push("two");\n'
            'export const two = "two" + both;\nimport("../one.js");\n'
        ),
    }
    assert set(joined(modules)) == {"app.js", "views/one.js", "views/deep/two.js"}
    assert run(tmp_path, modules) == "one1! two1 [ 'both', 'two' ]\n"


def test_comments_stay_behind_but_licences_do_not() -> None:
    """Nobody reads our comments in the browser; a library's notice goes wherever its text goes."""
    modules = {
        "app.js": (
            '// Our\nimport { x } from "./vendor/x.js";\n  // more\n/** or\n * more */\nx("/* kept; // kept */"); // mo'
        ),
        "vendor/x.js": "// x 1.0; licence: x.txt\n/*! (c) somebody */\nexport const x = 1;\n",
    }
    made = joined(modules)["app.js"]
    assert "Our" not in made
    assert "more" not in made
    assert "licence: x.txt" in made
    assert "(c) somebody" in made
    assert "/* kept; // kept */" in made
    assert "// mo" not in made


def test_styles_stand_in_the_order_of_their_imports() -> None:
    """Later rules win, so the order is the meaning; comments stay behind here too."""
    styles = {
        "styles/page.css": '/* All. */\n@import "a.css";\n@import "more/b.css";\np {}\n',
        "styles/a.css": "/* A\n   is first. */\na { color: red; } /* so */\n",
        "styles/more/b.css": '@import "c.css";\nb {}\n',
        "styles/more/c.css": "c {}\n",
    }
    assert " ".join(joined_style("styles/page.css", styles).split()) == "a { color: red; } c {} b {} p {}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export let count = 0;", "export let count"),
        ("export var count = 0;", "export var count"),
        ('import * as all from "./b.js";', r"import \* as all"),
        ('import b, { c } from "./b.js";', "import b, { c }"),
        ('export * from "./b.js";', r"export \*"),
        ("export const { a, b } = c;", r"export const \{ a"),
        ('import { b } from "./gone.js";', "app.js imports gone.js, which is not there"),
        ('import { b } from "./ring.js";', "ring.js -> app.js -> ring.js|app.js -> ring.js -> app.js"),
        ("const $loaded = 1;", "uses the name"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, said: str) -> None:
    """Names that change after the export, rings, and forms that the page does without."""
    modules = {"app.js": text + "\n", "b.js": "export const b = 1;\n", "ring.js": 'import "./app.js";\n'}
    with pytest.raises(UnknownForm, match=said):
        joined(modules)
