"""chatd serve, init, config. What acts on a data folder (user, sessions, token, audit) has modules of its own."""

import json
import os
import socket
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from chatd import __version__, app, log
from chatd.cli.acting import fail, settings_from
from chatd.cli.audit import audit
from chatd.cli.bench import bench
from chatd.cli.check import check
from chatd.cli.sessions import sessions
from chatd.cli.supervisor import BEAT_FD, LISTEN_FD, supervise
from chatd.cli.tokens import token
from chatd.cli.users import user
from chatd.config import CONFIG_FILE, OUTSIDE_NAMES, Config, masked
from chatd.domain.errors import CannotStart

T = TypeVar("T")
BACKLOG = 2048


def setting_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every setting that has a flag, as an option of a command."""
    switches = {"auth.isInviteRequired", "server.useHttps", "server.rateLimit.enabled"}
    for path, (flag, _) in reversed(OUTSIDE_NAMES.items()):
        if flag is not None:
            name = path.replace(".", "__")
            if path in switches:
                command = click.option(flag, name, flag_value="true", default=None, help=path)(command)
            else:
                command = click.option(flag, name, metavar="VALUE", help=path)(command)
    return command


def _paths(options: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("__", "."): value for name, value in options.items()}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chatd")
def main() -> None:
    """A self-hosted team chat whose rights and removals take effect on live sockets at once."""


@main.command()
@setting_flags
def serve(**options: Any) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = settings_from(_paths(options), quiet=LISTEN_FD in os.environ)
    log.set_up(config.server.log_level)
    if LISTEN_FD in os.environ:
        supervisor = socket.socket(fileno=int(os.environ[BEAT_FD]))
        _serve(config, socket.socket(fileno=int(os.environ[LISTEN_FD])), supervisor)
        return
    listener = _listen(config)
    if config.server.workers == 1:
        _serve(config, listener)
    else:
        sys.exit(_supervise(config, listener))


def _listen(config: Config) -> socket.socket:
    host, port = config.server.host, config.server.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        everywhere = host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server((host, port), family=family, backlog=BACKLOG, dualstack_ipv6=everywhere)
    except OSError as error:
        fail(f"cannot listen on {host}:{port}: {error.strerror or error}. Set server.host and server.port.", 1)


def _address(config: Config, listener: socket.socket) -> str:
    scheme = "https" if config.server.use_https else "http"
    host = f"[{config.server.host}]" if ":" in config.server.host else config.server.host
    return config.server.public_url or f"{scheme}://{host}:{listener.getsockname()[1]}"


def _announce(config: Config, listener: socket.socket, node: app.Node) -> None:
    click.echo(f"chatd {__version__} serves on {_address(config, listener)}")
    if node.first_start is not None and node.first_start.one_time_password is not None:
        click.echo(f"First administrator: {node.first_start.login}")
        click.echo(f"One-time password:   {node.first_start.one_time_password}")
        click.echo("It is shown only now; the first sign-in asks for a new one.")


def _run(main: Coroutine[None, None, T]) -> T:
    try:
        return app.run_loop(main)
    except CannotStart as error:
        fail(str(error), error.status)


def _serve(config: Config, listener: socket.socket, supervisor: socket.socket | None = None) -> None:
    def announce(node: app.Node) -> None:
        if supervisor is None:
            _announce(config, listener, node)

    async def main() -> None:
        if not await app.serve(config, listener, announce, supervisor):
            sys.stdout.flush()
            os._exit(0)  # whoever was answered is stored; what hangs would keep the loop, and with it the process

    _run(main())


def _supervise(config: Config, listener: socket.socket) -> int:
    """Prepare once, then keep `server.workers` processes on one listening socket until told to stop."""

    async def prepare() -> None:
        node = app.Node(config)
        await node.open(serving=True)
        _announce(config, listener, node)
        await node.close()

    _run(prepare())
    return supervise(listener, config.server.workers)


@main.command()
def init() -> None:
    """Write a configuration file with the usual settings into this folder."""
    file = Path(CONFIG_FILE)
    settings = {
        "auth": {"authMode": "password", "isInviteRequired": True, "maxActiveSessions": 3},
        "chat": {"initialUser": {"userName": "admin", "email": "admin@example.com"}},
        "storage": {"databaseDirectory": "chatd_data"},
    }
    try:
        # It will hold passwords: for its owner alone, whatever the umask.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(json.dumps(settings, indent=2) + "\n")
    except FileExistsError:
        fail(f"{CONFIG_FILE} exists here already; it was left as it is.", 1)
    click.echo(f"Wrote {CONFIG_FILE}. Set chat.initialUser, then run: chatd serve")


@main.command("config")
@setting_flags
def show_config(**options: Any) -> None:
    """Print the settings in force, secrets masked."""
    click.echo(json.dumps(masked(settings_from(_paths(options))), indent=2))


for command in (user, sessions, token, audit, check, bench):
    main.add_command(command)
