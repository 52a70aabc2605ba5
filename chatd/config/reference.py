"""The settings for people: what is in force, secrets masked, and docs/settings.md."""

import json
from typing import Any, get_args

from pydantic.fields import FieldInfo

from chatd.config.loading import CONFIG_FILE, OUTSIDE_NAMES, UNSERVED
from chatd.config.model import Config, is_secret, settings


def masked(config: Config) -> dict[str, Any]:
    """The effective settings as in the file, secrets replaced by asterisks."""
    tree: dict[str, Any] = {}
    for path, _ in settings():
        value: Any = config
        for part in path.split("."):
            value = getattr(value, next(n for n, f in type(value).model_fields.items() if (f.alias or n) == part))
        *parents, leaf = path.split(".")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[leaf] = "********" if is_secret(path) and value is not None else value
    return tree


def _type_words(field: FieldInfo) -> str:
    annotation = field.annotation
    if get_args(annotation) and all(isinstance(option, str) for option in get_args(annotation)):
        return " or ".join(f"`{option}`" for option in get_args(annotation))
    return "number" if annotation is int else "true or false" if annotation is bool else "text"


def reference() -> str:
    """docs/settings.md: every setting, made from the model."""
    lines = [
        "# Settings",
        "",
        f"`{CONFIG_FILE}` in the working directory; flags beat the file, the file beats the environment. "
        "Made from the code by `make docs`; `chatd config` prints what is in force.",
        "",
        "| Key | Type | Default | Flag | Environment | Meaning |",
        "|---|---|---|---|---|---|",
    ]
    for path, field in settings():
        flag, names = OUTSIDE_NAMES.get(path, (None, ()))
        default = field.get_default(call_default_factory=True, validated_data={})
        shown = json.dumps(default, default=str) if default not in (None, ()) else "none"
        lines.append(
            f"| `{path}` | {_type_words(field)} | `{shown}` | {f'`{flag}`' if flag else ''} "
            f"| {' '.join(f'`{name}`' for name in names)} | {field.description} |"
        )
    lines += [
        "",
        "Accepted for MikroChat's sake, without effect: " + ", ".join(f"`{key}`" for key in sorted(UNSERVED)) + ".",
    ]
    return "\n".join(lines) + "\n"
