"""What lies in static/: nothing of other hosts, light enough, every module whole, its imports in one direction."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from chatd.http.assets import Asset
from chatd.http.joining import joined, reached
from chatd.http.routes import STATIC, assets
from tests.conftest import NOT_RUN

PAGE_MAX_BYTES = 150_000
HERE = Path(__file__).parent
PINNED = json.loads((STATIC / "package.json").read_text(encoding="utf-8"))
INDEX = (STATIC / "index.html").read_text(encoding="utf-8")
FILES = {
    file.relative_to(STATIC).as_posix(): file.read_text(encoding="utf-8")
    for file in sorted(STATIC.rglob("*"))
    if file.is_file()
}
MODULES = {path: text for path, text in FILES.items() if path.endswith(".js")}
VENDORED = [path for path in MODULES if path.startswith("vendor/")]
OWN = {path: text for path, text in MODULES.items() if path not in VENDORED}
CLASSIC = {"theme.js", "waiting.js"}  # run before anything is painted or loaded, so they are no modules
# Names that are written as addresses and never asked; and, with their authors' words, whence a library comes.
NAMESPACES = re.compile(r"http://www\.w3\.org/(2000/svg|1999/xhtml|1998/Math/MathML)")
ORIGINS = re.compile(r"https://github\.com/[\w./-]+")
ADDRESS = re.compile(r"""(?:https?:|wss?:|(?<=["'(`]))//[\w.-]+\.\w+[^\s"'`)]*""")
IMPORT = re.compile(r"""(?:\bfrom\s+|\bimport\s*|\bimport\(\s*)["']([^"']+)["']""")
LAYERS = {"vendor": 0, "lib": 1, "models": 2, "views": 3, "app.js": 4}


def layer(path: str) -> int:
    return LAYERS[path.partition("/")[0]]


def imports(path: str) -> list[str]:
    """The files that a module names, at once or later, as paths in static/."""
    folder = STATIC / path
    return [
        (folder.parent / name).resolve().relative_to(STATIC.resolve()).as_posix()
        for name in IMPORT.findall(FILES[path])
    ]


def named_hosts(path: str) -> list[str]:
    text = NAMESPACES.sub("", FILES[path])
    return ADDRESS.findall(ORIGINS.sub("", text) if path in VENDORED else text)


def test_no_file_names_another_host() -> None:
    """The page works where there is no way out: nothing in it may even look like a request to elsewhere."""
    read = [path for path in FILES if "/licences/" not in path]
    assert {path: hosts for path in read if (hosts := named_hosts(path))} == {}


def at_once() -> dict[str, Asset]:
    """What a browser loads before it shows anything: the page and all that it names."""
    served = assets()
    linked = re.findall(r'(?:href|src)="\{\{base}}/([^"]+)"', INDEX)
    return {"": served.page.of_stranger} | {path: served.files[f"{served.base}/{path}"] for path in linked}


def test_the_page_is_light() -> None:
    """All of it compressed, the vendored libraries with it."""
    sizes = {path: len(asset.gzipped or asset.content) for path, asset in at_once().items()}
    assert sum(sizes.values()) < PAGE_MAX_BYTES, sizes


def test_heavy_things_wait_until_they_are_wanted() -> None:
    """The table of emoji is half as heavy as all else together, and stands in a file of its own."""
    served = assets()
    assert b"grinning" not in at_once()["app.js"].content
    assert b"grinning" in served.files[f"{served.base}/vendor/emoji.js"].content


def test_what_comes_later_is_not_imported_at_once() -> None:
    """One import past a later.js would bring a dialog, and all that it needs, back into the first file."""
    at_first = reached("app.js", {path: text for path, text in MODULES.items() if path not in CLASSIC})
    later = [path for file in ("views/aside.js", "views/admin.js", "views/door/beyond.js") for path in imports(file)]
    assert [path for path in later if path in at_first] == []


def test_the_modules_are_sent_joined() -> None:
    """None has a form that joining does not understand: else the server would send them one by one."""
    assert len([path for path in assets().files if path.endswith(".js")]) < len(MODULES) / 4


def test_all_styles_and_scripts_are_named_and_there() -> None:
    """The page names nothing that is missing, and styles/page.css each style sheet once that does not come later."""
    assert set(re.findall(r'(?:href|src)="\{\{base}}/([^"]+)"', INDEX)) <= set(FILES)
    imported = re.findall(r'^@import "(.*)";$', FILES["styles/page.css"], re.MULTILINE)
    assert sorted(["page.css", "admin.css", *imported]) == [path.name for path in sorted((STATIC / "styles").iterdir())]


def test_the_page_has_nothing_inline() -> None:
    """The policy would refuse it: scripts with a body, styles, handlers in attributes."""
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", INDEX) == []


def test_no_module_is_left_behind() -> None:
    """Each is reached from app.js, at once or by `import()`; what nobody imports is no part of the page."""
    reached = ["app.js"]
    for path in reached:
        reached += [to for to in imports(path) if to in MODULES and to not in reached]
    assert set(MODULES) - set(reached) - CLASSIC == set()


def test_imports_are_there_and_point_down_only() -> None:
    """views know models, models know lib, lib knows vendor; never the other way. Bare names would need a map."""
    read = [path for path in MODULES if path not in CLASSIC]
    named = [(path, name) for path in read for name in IMPORT.findall(FILES[path])]
    assert [found for found in named if not re.match(r"\.{1,2}/.*\.js$", found[1])] == []
    edges = [(path, to) for path in read for to in imports(path)]
    assert [(path, to) for path, to in edges if to not in MODULES] == []
    assert [(path, to) for path, to in edges if layer(to) > layer(path)] == []


def test_models_have_no_document() -> None:
    """Clock, storage and sockets are handed in, so that a model runs without a browser and without a wait."""
    reached = re.compile(
        r"\b(?:document|window|localStorage|sessionStorage|navigator|location)\."
        r"|(?<![.#\w])(?:setTimeout|setInterval|fetch|WebSocket|Date\.now|Math\.random)\("
    )
    comments = re.compile(r"^\s*(//|/?\*).*$|\s// .*$", re.MULTILINE)
    models = [path for path in OWN if path.startswith("models/")]
    assert {path: found for path in models if (found := reached.findall(comments.sub("", OWN[path])))} == {}


def test_each_file_says_what_lives_there() -> None:
    """The first line is a comment."""
    assert [path for path, text in OWN.items() if not text.startswith("// ")] == []


def test_each_file_is_short_enough_to_read() -> None:
    """Over 250 lines it is two things; tables of words and icons are as long as they are."""
    tables = ("lib/text.js", "views/parts/icons.js", "models/frames.js")
    assert [path for path, text in OWN.items() if text.count("\n") > 250 and path not in tables] == []


@pytest.mark.parametrize("path", [*VENDORED, "axe.min.js"])
def test_each_vendored_file_names_its_version_and_its_licence(path: str) -> None:
    """As pinned in package.json; who changes a version without `make vendor` hears of it here."""
    file = HERE / "vendor" / path if path == "axe.min.js" else STATIC / path
    said = re.match(r"// (\S+) (\S+); licence: (\S+)\. Made by `make vendor`, not by hand\.\n", file.read_text("utf-8"))
    assert said is not None
    name, version, licence = said.groups()
    assert (PINNED["dependencies"] | PINNED["devDependencies"])[name] == version
    assert "icen" in (file.parent / licence).read_text("utf-8")


def test_everything_pinned_is_vendored() -> None:
    """Each package of package.json has its files here, and no file asks for a source map."""
    names = {MODULES[path].split()[1] for path in VENDORED}
    assert names == set(PINNED["dependencies"])
    assert [path for path in MODULES if "sourceMappingURL" in MODULES[path]] == []


def test_all_modules_parse_and_link(tmp_path: Path) -> None:
    """Each import finds the name that it asks for, alone and joined. A browser tells so only of what a test opens."""
    node = shutil.which("node")
    if node is None:
        pytest.skip(f"{NOT_RUN}node is missing (the tests of the page load the modules too)")
    names = [path for path in MODULES if path not in CLASSIC]
    for path, text in joined({path: MODULES[path] for path in names}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    sent = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.js")]
    for folder, modules in ((STATIC, names), (tmp_path, sent)):
        command = [node, "--experimental-vm-modules", "--no-warnings", str(HERE / "linking.js"), str(folder), *modules]
        linked = subprocess.run(command, capture_output=True, text=True)
        assert linked.returncode == 0, linked.stdout + linked.stderr
