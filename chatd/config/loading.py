"""Reads the settings from flags, file and environment, and says in sentences what is wrong with them."""

import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from chatd.config import model
from chatd.config.model import FIELDS, Config, is_secret

CONFIG_FILE = "mikrochat.config.json"

# Keys of MikroChat that chatd accepts and does not serve: each gives one warning line.
UNSERVED = frozenset(
    {
        *(
            "auth.magicLinkExpirySeconds",
            "auth.appUrl",
            "auth.debug",
            "email.emailSubject",
            "email.debug",
            "storage.debug",
        ),
        *("server.useHttp2", "server.sslCa", "server.debug", "chat.messageRetentionDays", "chat.maxMessagesPerChannel"),
        "oauth",
    }
)


class ConfigError(Exception):
    """The settings cannot be used; `problems` are complete sentences, one for each key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


# Where a setting may also come from: path -> (flag, environment variables in order of precedence).
OUTSIDE_NAMES: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "auth.jwtSecret": ("--jwtSecret", ("AUTH_JWT_SECRET",)),
    "auth.jwtExpirySeconds": ("--jwtExpirySeconds", ()),
    "auth.refreshTokenExpirySeconds": ("--refreshTokenExpirySeconds", ()),
    "auth.maxActiveSessions": ("--maxActiveSessions", ()),
    "auth.authMode": ("--authMode", ()),
    "auth.isInviteRequired": ("--isInviteRequired", ()),
    "chat.initialUser.id": ("--initialUserId", ("INITIAL_USER_ID",)),
    "chat.initialUser.userName": ("--initialUserName", ("INITIAL_USER_NAME",)),
    "chat.initialUser.email": ("--initialUserEmail", ("INITIAL_USER_EMAIL",)),
    "chat.initialUser.password": ("--initialUserPassword", ("INITIAL_USER_PASSWORD",)),
    "email.host": ("--emailHost", ("EMAIL_HOST",)),
    "email.port": ("--emailPort", ()),
    "email.user": ("--emailUser", ("EMAIL_USER",)),
    "email.password": ("--emailPassword", ("EMAIL_PASSWORD",)),
    "email.secure": ("--emailSecure", ()),
    "email.maxRetries": ("--emailMaxRetries", ()),
    "storage.databaseDirectory": ("--db", ()),
    "redis.url": ("--redis", ("REDIS_URL",)),
    "server.host": ("--host", ("HOST",)),
    "server.port": ("--port", ("MIKROCHAT_PORT", "PORT")),
    "server.workers": ("--workers", ()),
    "server.useHttps": ("--https", ()),
    "server.sslCert": ("--cert", ()),
    "server.sslKey": ("--key", ()),
    "server.rateLimit.enabled": ("--ratelimit", ()),
    "server.rateLimit.requestsPerMinute": ("--rps", ()),
    "server.allowedDomains": ("--allowed", ()),
    "server.logLevel": ("--log-level", ()),
}


def _from_text(path: str, text: str) -> object:
    """Text of a flag or variable as the type of its setting; what does not fit stays text and is refused there."""
    annotation = FIELDS[path].annotation
    if path == "server.allowedDomains":
        return [part for part in text.split(",") if part]
    if annotation in (int, bool):
        try:
            return json.loads(text.lower())
        except ValueError:
            return text
    return text


def _nested(values: dict[str, object]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, value in values.items():
        *parents, leaf = path.split(".")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[leaf] = value
    return tree


def _read_file(path: Path) -> dict[str, Any]:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except json.JSONDecodeError as error:
        raise ConfigError(
            [f"{path.name}: line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})."]
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path.name}: cannot be read ({error})."]) from None
    if not isinstance(tree, dict):
        raise ConfigError([f"{path.name}: found {json.dumps(tree)[:60]}, allowed: an object of settings in braces."])
    return tree


def _take_unserved(tree: dict[str, Any], prefix: str = "") -> list[str]:
    """Remove what chatd accepts without serving it; the paths removed."""
    found = []
    for key in list(tree):
        path = prefix + key
        if path in UNSERVED:
            del tree[key]
            found.append(path)
        elif isinstance(tree[key], dict):
            found += _take_unserved(tree[key], path + ".")
    return found


def _encryption_key(tree: dict[str, Any]) -> list[str]:
    """MikroChat's key would be a promise: an empty one is taken out, any other is a problem."""
    storage = tree.get("storage")
    if not isinstance(storage, dict) or storage.pop("encryptionKey", None) in (None, ""):
        return []
    return [
        "storage.encryptionKey: found a value not shown here, allowed: nothing; chatd does not encrypt its database. "
        "Take the key out, and keep storage.databaseDirectory on an encrypted disk."
    ]


def load(flags: dict[str, str], directory: Path, environment: dict[str, str] | None = None) -> tuple[Config, list[str]]:
    """The settings, flags over file over environment over defaults, and the warnings to print.

    `flags` maps a setting's path to its text. Raises ConfigError.
    """
    environment = dict(os.environ) if environment is None else environment
    file = _read_file(directory / CONFIG_FILE)
    warnings = [f"{path} is accepted and has no effect in chatd." for path in _take_unserved(file)]
    problems = _encryption_key(file)
    variables: dict[str, object] = {}
    for path, (_, names) in OUTSIDE_NAMES.items():
        for name in reversed(names):
            if environment.get(name):
                variables[path] = _from_text(path, environment[name])
    model.layers = (_nested({path: _from_text(path, text) for path, text in flags.items()}), file, _nested(variables))
    try:
        config = Config()
    except ValidationError as error:
        raise ConfigError(problems + [_problem(problem) for problem in error.errors()]) from None
    finally:
        model.layers = ({}, {}, {})
    if problems:
        raise ConfigError(problems)
    return config, warnings


def _problem(error: Any) -> str:
    location = [part for part in error["loc"] if isinstance(part, str | int)]
    path = ".".join(str(part) for part in location)
    if error["type"] == "value_error" and isinstance(error.get("input"), dict | BaseModel):
        return f"{path + ': ' if path else ''}{error['ctx']['error']}."
    if error["type"] == "extra_forbidden":
        return f"{path}: found an unknown key, allowed here: {', '.join(_siblings(path))}."
    return f"{path}: found {_shown(path, error['input'])}, allowed: {_allowed(error)}."


def _siblings(path: str) -> list[str]:
    prefix = path.rpartition(".")[0]
    start = prefix + "." if prefix else ""
    return sorted({known[len(start) :].partition(".")[0] for known in FIELDS if known.startswith(start)})


def _shown(path: str, value: object) -> str:
    secret = any(is_secret(known) for known in FIELDS if known == path or known.startswith(path + "."))
    return "a value not shown here" if secret else json.dumps(value, ensure_ascii=False, default=str)[:80]


def _allowed(error: Any) -> str:
    message = str(error["msg"])
    if error["type"] == "model_type":
        return "a section of settings in braces"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    for start in ("Input should be a valid ", "Input should be "):
        message = message.removeprefix(start)
    words = {"integer": "a whole number", "boolean": "true or false", "string": "text", "tuple": "a list"}
    return words.get(message, message)
