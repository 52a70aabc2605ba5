"""Joins the page's modules and styles into few files at the start. What a module means stays what it means alone.

The sources are ES modules that a browser could load one by one, and did: some 200 requests, half as many bytes again
(small files compress badly), and 29 ms of this process for each page, of which thousands load anew after an upgrade.
So each module becomes a function in one file, in the order in which a browser would run them; what it exports stands
in a table:

    $loaded["lib/time.js"] ??= (() => { ...; return { clockTime, dayOf }; })();

What is reached only by `import()` becomes a file of its own that shares the table. Understood are the plain forms of
import and export, each at the start of a line; a module with another form, or a ring of modules, is refused.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping

ENTRY = "app.js"
TABLE = "$loaded"
_IMPORT = re.compile(r"""^import\s*(?:(?P<names>[^"'();]*?)\s*from\s*)?["'](?P<path>[^"']+)["'];?""", re.MULTILINE)
_LATER = re.compile(r"""\bimport\(\s*["']([^"']+)["']\s*\)""")
_EXPORT_LIST = re.compile(r"""^export\s*\{([^}]*)\}(?:\s*from\s*["']([^"']+)["'])?;?""", re.MULTILINE)
_EXPORT_DEFAULT = re.compile(r"^export default\b", re.MULTILINE)
_EXPORT_ONE = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?)\s*([\w$]+))", re.MULTILINE)
_OTHER_FORM = re.compile(r"^(?:import|export)\b(?!\().*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*[\s\S]*?\*/[ \t]*)\n", re.MULTILINE)
# Behind code, where what follows cannot be the rest of a text: no quotation mark comes after it.
_COMMENT_BEHIND = re.compile(r"""(?<=[;{},(\[]) +// [^"'`\n]*$""", re.MULTILINE)
_STYLE_IMPORT = re.compile(r"""^@import "([^"]+)";$""", re.MULTILINE)
_STYLE_LATER = re.compile(r"""\bnew URL\(\s*["']([^"']+\.css)["'],\s*import\.meta\.url\)""")
_STYLE_COMMENT = re.compile(r"/\*[\s\S]*?\*/\s*")


class UnknownForm(ValueError):
    """A module says something that is not understood here."""


def joined(modules: Mapping[str, str]) -> dict[str, str]:
    """Path -> text of the files to send: the entry with all that it needs at once, and what is imported later."""
    made: dict[str, str] = {}
    at_once = reached(ENTRY, modules)
    wanted = [ENTRY]
    for path in wanted:  # grows while it is walked
        own = at_once if path == ENTRY else [module for module in reached(path, modules) if module not in at_once]
        made[path] = _file(path, own, modules)
        later = {target for module in own for target in imported_later(module, modules[module])}
        wanted += [target for target in sorted(later) if target not in wanted and target not in at_once]
    return made


def joined_style(path: str, styles: Mapping[str, str]) -> str:
    """A style sheet with those that it imports in their places, without comments."""

    def taken(match: re.Match[str]) -> str:
        return joined_style(_resolved(path, match[1]), styles)

    return _STYLE_COMMENT.sub("", _STYLE_IMPORT.sub(taken, styles[path]))


def styles_later(path: str, text: str) -> set[str]:
    """The style sheets that a module fetches by itself; it has to be the first of its file, whose address it says."""
    return {_resolved(path, name) for name in _STYLE_LATER.findall(text)}


def reached(path: str, modules: Mapping[str, str]) -> list[str]:
    """A module and all that it imports, each behind what it needs itself."""
    order: list[str] = []
    _walk(path, modules, order, ())
    return order


def _walk(path: str, modules: Mapping[str, str], order: list[str], way: tuple[str, ...]) -> None:
    if path in way:
        raise UnknownForm("a ring of imports: " + " -> ".join((*way[way.index(path) :], path)))
    if path in order:
        return
    if path not in modules:
        raise UnknownForm(f"{way[-1] if way else 'the page'} imports {path}, which is not there")
    for needed in imported(path, modules[path]):
        _walk(needed, modules, order, (*way, path))
    order.append(path)


def imported(path: str, text: str) -> list[str]:
    """What a module needs before it runs, in its order."""
    found = [(match.start(), match["path"]) for match in _IMPORT.finditer(text)]
    found += [(match.start(), match[2]) for match in _EXPORT_LIST.finditer(text) if match[2]]
    return list(dict.fromkeys(_resolved(path, name) for _, name in sorted(found)))


def imported_later(path: str, text: str) -> set[str]:
    return {_resolved(path, name) for name in _LATER.findall(text)} if "import(" in text else set()


def _resolved(path: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def _file(path: str, own: Iterable[str], modules: Mapping[str, str]) -> str:
    parts = [_function(module, modules[module], path) for module in own]
    if path == ENTRY:
        return f"const {TABLE} = {{}};\n" + "".join(parts) + f"export {{ {TABLE} }};\n"
    names = _exports(path, modules[path])
    again = "".join(f'export const {name} = {TABLE}["{path}"].{name};\n' for name in names if name != "default")
    if "default" in names:
        again += f'export default {TABLE}["{path}"].default;\n'
    return f'import {{ {TABLE} }} from "{_from(path, ENTRY)}";\n' + "".join(parts) + again


def _exports(path: str, text: str) -> list[str]:
    """The names that a module gives, as others know them."""
    names = _EXPORT_ONE.findall(text)
    for listed, _ in _EXPORT_LIST.findall(text):
        names += [entry.rpartition(" as ")[2].strip() for entry in listed.split(",") if entry.strip()]
    return names + ["default"] * len(_EXPORT_DEFAULT.findall(text))


def _function(path: str, text: str, file: str) -> str:
    """One module as a function that runs once and returns what it exports."""
    given: list[str] = []

    def list_given(match: re.Match[str]) -> str:
        source = f'{TABLE}["{_resolved(path, match[2])}"].' if match[2] else ""
        for entry in filter(None, (part.strip() for part in match[1].split(","))):
            name, _, known_as = entry.partition(" as ")
            given.append(f"{known_as.strip() or name}: {source}{name.strip()}")
        return ""

    def one_given(match: re.Match[str]) -> str:
        given.append(match[1])
        return ""

    def default_given(match: re.Match[str]) -> str:
        given.append("default: $default")
        return "const $default ="

    body = text
    if not path.startswith("vendor/"):  # libraries keep their notices
        body = _COMMENT_BEHIND.sub("", _COMMENT.sub("", text))
    body = _IMPORT.sub(lambda match: _taken(match["names"] or "", _resolved(path, match["path"])), body)
    body = _EXPORT_LIST.sub(list_given, body)
    body = _EXPORT_ONE.sub(one_given, body)
    body = _EXPORT_DEFAULT.sub(default_given, body)
    if other := _OTHER_FORM.search(body):
        raise UnknownForm(f"{path}: {other[0]}")
    if TABLE in text:
        raise UnknownForm(f"{path} uses the name {TABLE}")
    body = _LATER.sub(lambda match: f'import("{_from(file, _resolved(path, match[1]))}")', body)
    return f'{TABLE}["{path}"] ??= (() => {{\n{body.strip()}\nreturn {{ {", ".join(given)} }};\n}})();\n'


def _from(file: str, to: str) -> str:
    """An address relative to the file that a module has become part of."""
    path = posixpath.relpath(to, posixpath.dirname(file) or ".")
    return path if path.startswith(".") else f"./{path}"


def _taken(names: str, source: str) -> str:
    """What stands for an import: the same names, taken from the table."""
    if not names:
        return ""
    if re.fullmatch(r"[\w$]+", names):
        return f'const {names} = {TABLE}["{source}"].default;'
    listed = re.fullmatch(r"\{([^{}]*)\}", names)
    if listed is None:
        raise UnknownForm(f"import {names} from {source}")
    entries = (re.sub(r"\s+as\s+", ": ", entry.strip()) for entry in listed[1].split(",") if entry.strip())
    return f'const {{ {", ".join(entries)} }} = {TABLE}["{source}"];'
