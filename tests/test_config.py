"""Settings: where they come from, what wins, and how a wrong one stops the start without telling a secret."""

import json
from pathlib import Path
from typing import Any

import pytest

from chatd.config import CONFIG_FILE, OUTSIDE_NAMES, UNSERVED, Config, ConfigError, is_secret, load, masked, settings


def write(tmp_path: Path, tree: Any) -> None:
    (tmp_path / CONFIG_FILE).write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")


def loaded(tmp_path: Path, tree: Any = None, flags: Any = None, environment: Any = None) -> tuple[Config, list[str]]:
    if tree is not None:
        write(tmp_path, tree)
    return load(flags or {}, tmp_path, environment or {})


def problems(tmp_path: Path, tree: Any = None, flags: Any = None, environment: Any = None) -> list[str]:
    with pytest.raises(ConfigError) as refusal:
        loaded(tmp_path, tree, flags, environment)
    return refusal.value.problems


def nested(path: str, value: Any) -> dict[str, Any]:
    for part in reversed(path.split(".")):
        value = {part: value}
    return dict(value)


def test_M29_M32_nothing_needs_to_be_set(tmp_path: Path) -> None:
    """Without file, flags and environment the defaults serve locally, by invitation, with three sessions each."""
    config, warnings = loaded(tmp_path)
    server, auth = config.server, config.auth
    assert (server.host, server.port, server.rate_limit.enabled) == ("127.0.0.1", 3000, True)
    assert (auth.auth_mode, auth.is_invite_required, auth.max_active_sessions) == ("password", True, 3)
    assert (config.storage.database_directory, config.redis.url, warnings) == ("chatd_data", None, [])


def test_flags_beat_the_file_and_the_file_beats_the_environment(tmp_path: Path) -> None:
    """Each source counts where no stronger one speaks, key by key."""
    file = {"server": {"host": "10.0.0.2", "workers": 1}, "chat": {"initialUser": {"userName": "filed"}}}
    environment = {"HOST": "10.0.0.3", "PORT": "4003", "INITIAL_USER_NAME": "env", "INITIAL_USER_EMAIL": "e@x.org"}
    config, _ = loaded(tmp_path, file, {"server.host": "10.0.0.1"}, environment)
    initial = config.chat.initial_user
    assert (config.server.host, config.server.port) == ("10.0.0.1", 4003)
    assert (initial.user_name, initial.email) == ("filed", "e@x.org")


def test_the_more_special_variable_wins(tmp_path: Path) -> None:
    """MIKROCHAT_PORT is asked before PORT; an empty variable is none."""
    assert loaded(tmp_path, environment={"MIKROCHAT_PORT": "4001", "PORT": "4002"})[0].server.port == 4001
    assert loaded(tmp_path, environment={"MIKROCHAT_PORT": "", "PORT": "4002"})[0].server.port == 4002


def test_flags_are_text_of_their_settings_type(tmp_path: Path) -> None:
    """Numbers, truth and lists are read from the text of a flag."""
    flags = {"server.port": "0", "auth.isInviteRequired": "false"}
    flags["server.allowedDomains"] = "https://a.example,http://b.example"
    config, _ = loaded(tmp_path, flags=flags)
    assert (config.server.port, config.auth.is_invite_required) == (0, False)
    assert config.server.allowed_domains == ("https://a.example", "http://b.example")


@pytest.mark.parametrize(
    ("path", "value", "allowed"),
    [
        ("server.port", "3000", "a whole number"),
        ("server.port", 70000, "less than or equal to 65535"),
        ("server.useHttps", 1, "true or false"),
        ("server.logLevel", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("server.allowedDomains", ["chat.example.com"], "an origin such as https://chat.example.com"),
        ("server.trustedProxies", ["everybody"], "an address or network such as 10.0.0.0/8"),
        ("server.publicUrl", "chat", "an origin such as https://chat.example.com"),
        ("auth.authMode", "magic-link", '"password" or "dev"; magic-link sign-in is not served by this version'),
        ("auth.maxActiveSessions", -1, "greater than or equal to 0"),
        ("auth.bcryptCost", 3, "greater than or equal to 4"),
        ("auth.passwordPolicy.minLength", 5, "greater than or equal to 6"),
        ("chat.maxContentLength", None, "a whole number"),
        ("storage.durability", "none", "'full' or 'normal'"),
    ],
)
def test_a_wrong_value_is_told_with_its_path_and_what_is_allowed(
    tmp_path: Path, path: str, value: Any, allowed: str
) -> None:
    """One sentence: where, what was found, what may stand there."""
    (problem,) = problems(tmp_path, nested(path, value))
    shown = json.dumps(value[0] if isinstance(value, list) else value)
    assert problem.startswith(path)
    assert f"found {shown}, allowed: {allowed}." in problem


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("sever", "auth, chat, email, redis, server, storage"),
        ("redis.uri", "url"),
        ("chat.initialUser.name", "email, id, password, userName"),
    ],
)
def test_an_unknown_key_is_told_with_its_neighbours(tmp_path: Path, path: str, allowed: str) -> None:
    """A misspelt key stops the start and names those that exist there."""
    assert problems(tmp_path, nested(path, "x")) == [f"{path}: found an unknown key, allowed here: {allowed}."]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Nobody mends a file in as many starts as it has errors."""
    tree = {"server": {"port": "x", "hots": "y"}, "auth": {"authMode": "none"}}
    assert sorted(problem.partition(":")[0] for problem in problems(tmp_path, tree)) == [
        "auth.authMode",
        "server.hots",
        "server.port",
    ]


@pytest.mark.parametrize("path", sorted(path for path, _ in settings() if is_secret(path)))
@pytest.mark.parametrize("value", [77777, ["hunter2"]])
def test_a_wrong_secret_is_not_shown(tmp_path: Path, path: str, value: Any) -> None:
    """What stood in the place of a secret is in no sentence."""
    (told,) = problems(tmp_path, nested(path, value))
    assert told.startswith(f"{path}: found a value not shown here, allowed: ")
    assert "hunter2" not in told
    assert "77777" not in told


def test_a_secret_one_level_too_high_is_not_shown(tmp_path: Path) -> None:
    """A section that is text by mistake may hold a secret: it is not repeated."""
    for path in ("redis", "chat.initialUser", "auth"):
        (problem,) = problems(tmp_path, nested(path, "redis://:hunter2@10.0.0.1"))
        assert problem.startswith(f"{path}: ")
        assert "hunter2" not in problem


def test_a_weak_initial_password_is_refused_without_showing_it(tmp_path: Path) -> None:
    """The policy holds for the configured administrator too, and 72 bytes are the most."""
    tree = nested("chat.initialUser.password", "hunter2")
    assert problems(tmp_path, tree) == ["chat.initialUser.password needs at least 8 characters."]
    tree = nested("chat.initialUser.password", "ü" * 37)
    assert problems(tmp_path, tree) == ["chat.initialUser.password needs at most 72 bytes."]


@pytest.mark.parametrize("value", ["your-jwt-secret", "", "hunter2", "x" * 31])
def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Path, value: str) -> None:
    """MikroChat's default, or a short one, would let anybody forge tokens."""
    (problem,) = problems(tmp_path, nested("auth.jwtSecret", value))
    assert problem.startswith("auth.jwtSecret: found a value not shown here, allowed: a random text of 32 characters")


def test_a_short_secret_of_the_environment_is_refused_too(tmp_path: Path) -> None:
    """Wherever it comes from, 32 characters are the least."""
    (problem,) = problems(tmp_path, environment={"AUTH_JWT_SECRET": "hunter2"})
    assert problem.startswith("auth.jwtSecret: found a value not shown here")
    assert loaded(tmp_path, environment={"AUTH_JWT_SECRET": "x" * 32})[0].auth.jwt_secret == "x" * 32


@pytest.mark.parametrize("value", ["hunter2", "x" * 31, "x" * 40 + " ", "ü" * 40])
def test_a_token_for_figures_that_cannot_be_used_is_refused(tmp_path: Path, value: str) -> None:
    """Too short, or nothing that fits into a header."""
    (problem,) = problems(tmp_path, nested("server.metricsToken", value))
    assert problem.startswith("server.metricsToken: found a value not shown here, allowed: a random text of 32")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "chat.example.com", "localhost.example.com"])
def test_dev_mode_listens_on_this_machine_only(tmp_path: Path, host: str) -> None:
    """Anywhere else it is refused with what to do, unless the settings say that everybody may be administrator."""
    tree: dict[str, Any] = {"auth": {"authMode": "dev"}, "server": {"host": host}}
    (problem,) = problems(tmp_path, tree)
    assert host in problem
    assert "auth.devModeAnywhere" in problem
    tree["auth"]["devModeAnywhere"] = True
    assert loaded(tmp_path, tree)[0].server.host == host
    for local in ("127.0.0.1", "127.8.8.8", "::1", "localhost", "::ffff:127.0.0.1"):
        assert loaded(tmp_path, {"auth": {"authMode": "dev"}, "server": {"host": local}})[0].server.host == local


def test_an_encryption_key_is_refused(tmp_path: Path) -> None:
    """Nobody is left to believe that the database is encrypted; MikroChat's empty key stays fine."""
    (problem,) = problems(tmp_path, nested("storage.encryptionKey", "hunter2 hunter2"))
    assert problem.startswith("storage.encryptionKey: found a value not shown here, allowed: nothing; chatd does not")
    assert "hunter2" not in problem
    for empty in ("", None):
        assert loaded(tmp_path, nested("storage.encryptionKey", empty))[1] == []


@pytest.mark.parametrize("path", sorted(UNSERVED))
def test_mikrochats_keys_are_accepted_with_a_warning(tmp_path: Path, path: str) -> None:
    """What chatd does not serve is one line each and no error, whatever its value."""
    _, warnings = loaded(tmp_path, nested(path, {"any": "thing"}))
    assert warnings == [f"{path} is accepted and has no effect in chatd."]


@pytest.mark.parametrize(
    ("text", "told"),
    [('{"server": {"port": 1,}}', "line 1"), ("[]", "allowed: an object of settings in braces"), ("", "is not JSON")],
)
def test_a_broken_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    """What is no JSON object stops the start with the place."""
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(CONFIG_FILE)
    assert told in problem


def test_several_workers_need_redis(tmp_path: Path) -> None:
    """Processes that do not hear of each other are refused with what to set."""
    assert "server.workers over 1 needs redis.url" in problems(tmp_path, nested("server.workers", 2))[0]
    tree = {"server": {"workers": 2}, "redis": {"url": "redis://127.0.0.1:6379/0"}}
    assert loaded(tmp_path, tree)[0].server.workers == 2


def test_https_needs_a_certificate(tmp_path: Path) -> None:
    """`useHttps` alone is refused."""
    assert "useHttps needs sslCert and sslKey" in problems(tmp_path, nested("server.useHttps", True))[0]


def test_masked_shows_everything_but_secrets(tmp_path: Path) -> None:
    """What is in force is shown as in the file, with asterisks for what is set and secret."""
    tree = {"redis": {"url": "redis://:hunter2@10.0.0.1"}, "chat": {"initialUser": {"password": "hunter2 hunter2"}}}
    shown = masked(loaded(tmp_path, tree)[0])
    assert "hunter2" not in json.dumps(shown)
    assert (shown["redis"]["url"], shown["chat"]["initialUser"]["password"]) == ("********", "********")
    assert (shown["auth"]["jwtSecret"], shown["server"]["port"]) == (None, 3000)


def test_every_outside_name_is_a_setting() -> None:
    """Flags and variables stand for settings that exist, each with a description."""
    known = dict(settings())
    assert set(OUTSIDE_NAMES) <= set(known)
    assert [path for path, field in known.items() if not field.description] == []
