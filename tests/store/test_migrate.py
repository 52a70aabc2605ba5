"""The migrations make exactly the tables that schema.py declares, once, of whatever database there was before."""

import asyncio
import fcntl
import hashlib
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, String, create_engine, text

from chatd.store import users
from chatd.store.dialect import broken_references
from chatd.store.folder import FolderInUse
from chatd.store.migrate import MIGRATIONS, BrokenMigration, OtherSchema, head, known, revision
from chatd.store.schema import metadata
from tests.chance import drawn
from tests.serving import running, settings
from tests.store.opened import opened, put, stored

T = TypeVar("T")
RELEASED = {  # of each migration that somebody may have run: a new one is added here, none is ever changed
    "0001_first_schema.py": "c338d17d4500d31c54583c6f8b10464ed5afb9da3276c87e39e5f8bc85d7df1f",
    "0002_people.py": "00e1868c4dd14c488729d532a04c21ae39b139ea0af88b6cb05d8d8423df2db3",
    "0003_trust.py": "97ae30008e1a418f4546cf6190f407b5b46544d2b1fba852e1745f5776fd42f5",
    "0004_names_and_bounds.py": "14170e948c837363ced3eeb5558caca52ac80fb3c616b66a2bc534f132185fd9",
}
OPTIONS = {"compare_type": True, "compare_server_default": True}


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts=OPTIONS), metadata))


def older(folder: Path, revision: str, fill: Callable[[Connection], T]) -> T:
    """A database of an earlier schema, with what `fill` puts into it; what that returned."""
    (folder / "data").mkdir()
    engine = create_engine(f"sqlite:///{folder / 'data' / 'chatd.db'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        found = fill(connection)
    engine.dispose()
    return found


def definitions(connection: Connection) -> dict[str, str]:
    """SQLite's own words for every table and index, white space aside."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {name: " ".join(sql.split()) for name, sql in rows}


def test_no_released_migration_is_edited() -> None:
    """Databases that ran it would never see the change, and differ from those that run it later."""
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == RELEASED


async def test_the_migrations_make_the_declared_schema(tmp_path: Path) -> None:
    """Alembic finds nothing to add, drop or change between a migrated database and schema.metadata."""
    async with opened(tmp_path, empty=True) as store:
        assert await store.read(differences) == []


async def test_indexes_are_the_declared_ones_to_the_letter(tmp_path: Path) -> None:
    """Partial indexes, which Alembic does not compare, have the same condition in both."""
    async with opened(tmp_path, empty=True) as store:
        migrated = await store.read(definitions)
        declared = {index.name: index for table in metadata.tables.values() for index in table.indexes}
        for name, index in declared.items():
            assert name is not None
            where = index.dialect_options["sqlite"].get("where")
            assert (" WHERE " in migrated[name]) == (where is not None), name
            if where is not None:
                assert migrated[name].endswith(f" WHERE {where}"), name


async def test_control_ids_are_never_used_again(tmp_path: Path) -> None:
    """The logs are AUTOINCREMENT: after everything was deleted the next id is a new one."""
    async with opened(tmp_path) as store:
        first = await store.write(lambda tx: tx.control("user", userId="bob"))
        await store.write(lambda tx: tx.connection.execute(text("DELETE FROM control_log")).rowcount)
        assert await store.write(lambda tx: tx.control("user", userId="bob")) == first + 1


async def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    """Migrated once, a database is left as it is: same schema, same rows, at the newest revision."""
    async with opened(tmp_path, empty=True) as store:
        await store.write(put("a"))
        before = await store.read(definitions)
    async with opened(tmp_path) as store:
        assert await store.read(definitions) == before
        assert await stored(store) == ["a"]
        found = await store.read(revision)
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [found] == [head()]


def filled(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """One row in every table, with all that it may point to; what stands there then."""
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(table.insert(), {column.name: value_for(column) for column in table.columns})
    return {table.name: rows_of(connection, table.name) for table in tables.sorted_tables}


def value_for(column: Column[Any]) -> object:
    return "a" if isinstance(column.type, String) else 1


def rows_of(connection: Connection, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


@pytest.mark.parametrize("revision", ["0001"])
async def test_a_database_that_holds_something_is_upgraded(tmp_path: Path, revision: str) -> None:
    """A row in every table of an earlier schema, each pointing to others, is there afterwards as it was."""
    before = older(tmp_path, revision, filled)
    async with opened(tmp_path, empty=True) as store:
        assert await store.read(differences) == []
        assert await store.read(broken_references) == []
        for table, [row] in before.items():
            if table != "alembic_version":
                [found] = await store.read(lambda connection, table=table: rows_of(connection, table))
                assert {name: found[name] for name in row} == row
        assert await store.write(lambda tx: tx.connection.execute(text("PRAGMA foreign_keys")).scalar()) == 1


async def test_a_migration_that_leaves_rows_pointing_to_nothing_changes_nothing(tmp_path: Path) -> None:
    """It is refused with the names of the tables, and the database is the one of before."""

    def orphan(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO memberships (channel_id, user_id, state, since) VALUES ('x', 'y', 'z', 1)")
        )

    older(tmp_path, "0001", orphan)
    with pytest.raises(BrokenMigration, match="memberships"):
        async with opened(tmp_path, empty=True):
            pass
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'chatd.db'}")
    with engine.connect() as connection:
        assert revision(connection) == "0001"
    engine.dispose()


async def test_people_of_an_older_database_are_found_by_their_folded_names(tmp_path: Path) -> None:
    """What is derived from names is derived for those who were there before it, too."""

    def people(connection: Connection) -> None:
        row = {"id": "a", "user_name": "Änne", "user_name_key": "änne", "display_name": "ÄNNE", "nickname": "Straße"}
        old = "INSERT INTO users (id, user_name, user_name_key, display_name, nickname, role, created_at) "
        connection.execute(
            text(old + "VALUES (:id, :user_name, :user_name_key, :display_name, :nickname, 'user', 1)"), row
        )

    older(tmp_path, "0001", people)
    async with opened(tmp_path) as store:
        for words in ("änne", "STRASSE"):
            found = await store.read(lambda connection, words=words: users.find(connection, words, 5))
            assert [user.id for user in found] == ["a"]


OLD_DATABASES = sorted((Path(__file__).parent / "data").glob("*.sql"))  # made once, by the code of their time


def of_its_time(folder: Path, dump: Path) -> Path:
    """The data folder of a server of that time, secrets aside."""
    data = folder / "data"
    data.mkdir()
    connection = sqlite3.connect(data / "chatd.db")
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF;" + dump.read_text())
    connection.close()
    return data


def test_there_is_a_database_of_every_earlier_schema() -> None:
    """With each release the database of the one before is kept (tests/store/data)."""
    assert {dump.stem for dump in OLD_DATABASES} >= known() - {head()}


@pytest.mark.parametrize("dump", OLD_DATABASES, ids=lambda dump: dump.stem)
async def test_people_of_an_old_server_go_on_with_the_new_one(tmp_path: Path, dump: Path) -> None:
    """They sign in with their passwords, and find their channels, messages, reactions and conversations."""
    of_its_time(tmp_path, dump)
    auth = {"authMode": "password", "bcryptCost": 4, "isInviteRequired": True, "maxActiveSessions": 0}
    async with running(settings(tmp_path, auth=auth)) as node:
        alice = await (await node.sign_in_with_password("alice", "password of alice")).connect()
        channels = {channel["name"]: channel["id"] for channel in (await alice.ask("sync"))["channels"]}
        texts = {}
        for name, channel_id in channels.items():
            history = await alice.ask("message.history", channelId=channel_id)
            texts[name] = [message["content"] for message in history["messages"]]
        assert texts[None] == ["a direct line"]
        assert texts["secret"] == ["between the two of us"]
        assert texts["general"] == ["Good morning @bob, @channel 👋", "quoting", ""]
        sent = await alice.ask("message", channelId=channels["general"], content="good evening")
        assert sent["message"]["seq"] > 0
        admin = await node.sign_in_with_password("admin", "correct horse battery")
        users = await (await admin.connect()).ask("admin.listUsers", limit=200)
        assert {"alice", "bob", "carol", "dave"} <= {user["userName"] for user in users["users"]}


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from sqlalchemy import event
from chatd.store import dialect
from tests.store.opened import opened

left = int(sys.argv[2])

def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

prepare = dialect._prepare
def prepared(*arguments):
    engine = prepare(*arguments)
    event.listen(engine.sync_engine, "before_cursor_execute", count)
    event.listen(engine.sync_engine, "commit", count)
    return engine
dialect._prepare = prepared

async def main():
    async with opened(Path(sys.argv[1]), empty=True):
        print(1_000_000 - left)

asyncio.run(main())
"""


async def opened_and_killed(folder: Path, statements: int) -> tuple[int | None, str]:
    """Open the folder in a process that is killed at its n-th statement; its exit status, and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(folder), str(statements), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()


@pytest.mark.parametrize("dump", [*OLD_DATABASES, None], ids=lambda dump: dump.stem if dump else "none")
async def test_a_migration_that_is_killed_is_done_again(tmp_path: Path, dump: Path | None) -> None:
    """At whatever statement kill -9 comes, of an upgrade or a first start, the next start makes the same of it."""
    (tmp_path / "whole").mkdir()
    if dump is not None:
        of_its_time(tmp_path / "whole", dump)
    status, said = await opened_and_killed(tmp_path / "whole", 1_000_000)
    assert status == 0
    for number in drawn().sample(range(1, int(said)), 4):
        folder = tmp_path / str(number)
        folder.mkdir()
        if dump is not None:
            of_its_time(folder, dump)
        assert await opened_and_killed(folder, number) == (-signal.SIGKILL, "")
        async with opened(folder, empty=True) as store:
            assert await store.read(differences) == []
            assert await store.read(broken_references) == []
            tables = {"users", "messages", "sessions", "memberships", "audit_log"}
            found = {
                table: await store.read(lambda connection, table=table: rows_of(connection, table)) for table in tables
            }
        async with opened(tmp_path / "whole") as store:
            for table in tables:
                assert found[table] == await store.read(lambda connection, table=table: rows_of(connection, table))


HAND_MADE = (
    ("ALTER TABLE users DROP COLUMN bio", r"users\.bio"),
    ("ALTER TABLE users ADD COLUMN shoe_size INTEGER", r"users\.shoe_size"),
    ("DROP INDEX ix_sessions_user", r"sessions\.ix_sessions_user"),
    ("DROP TABLE pictures", r"pictures\."),
)


@pytest.mark.parametrize(("change", "named"), HAND_MADE)
async def test_a_schema_that_somebody_changed_is_named(tmp_path: Path, change: str, named: str) -> None:
    """At every start the tables, columns and indexes are compared with the declared ones."""
    async with opened(tmp_path) as store:
        pass
    connection = sqlite3.connect(store.folder / "chatd.db")
    connection.execute(change)
    connection.close()
    with pytest.raises(OtherSchema, match=named):
        async with opened(tmp_path):
            pass


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """It is not opened, not changed, and the sentence says which schema it has."""
    async with opened(tmp_path) as store:
        pass
    connection = sqlite3.connect(store.folder / "chatd.db")
    connection.execute("UPDATE alembic_version SET version_num = '9001'")
    connection.commit()
    connection.close()
    with pytest.raises(OtherSchema, match="9001"):
        async with opened(tmp_path):
            pass


async def test_nothing_is_migrated_under_a_server_that_serves(tmp_path: Path) -> None:
    """A server or command of another version that finds an older schema in use says so, and changes nothing."""
    data = of_its_time(tmp_path, OLD_DATABASES[0])
    serving = (data / "serve.lock").open("a")
    fcntl.flock(serving, fcntl.LOCK_SH)  # as a node of several does
    for joins in (True, False):
        with pytest.raises(FolderInUse, match="brought up to date" if not joins else "already"):
            async with opened(tmp_path, empty=True, serving=joins):
                pass
    serving.close()
    connection = sqlite3.connect(data / "chatd.db")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(OLD_DATABASES[0].stem,)]
    connection.close()


async def test_bots_leave_the_private_channels_where_their_owner_is_not(tmp_path: Path) -> None:
    """Of an older database: with their owner they stay, as people do; without one they are out."""

    def rooms(connection: Connection) -> None:
        people = "INSERT INTO users (id, user_name, user_name_key, display_name, role, owner_id, created_at) VALUES "
        for id, role, owner in (("bob", "user", None), ("robin", "bot", "bob"), ("hook", "bot", None)):
            row = {"id": id, "role": role, "owner": owner}
            connection.execute(text(people + "(:id, :id, :id, :id, :role, :owner, 1)"), row)
        for channel_id, kind in (("with", "private"), ("without", "private"), ("open", "public")):
            channel = "INSERT INTO channels (id, kind, name, created_at, changed_at) VALUES (:id, :kind, :id, 1, 1)"
            connection.execute(text(channel), {"id": channel_id, "kind": kind})
            for user_id in ("robin", "hook") if channel_id != "with" else ("bob", "robin", "hook"):
                member = (
                    "INSERT INTO memberships (channel_id, user_id, state, since) VALUES (:channel, :user, 'member', 1)"
                )
                connection.execute(text(member), {"channel": channel_id, "user": user_id})

    older(tmp_path, "0002", rooms)
    async with opened(tmp_path, empty=True) as store:
        found = await store.read(lambda connection: rows_of(connection, "memberships"))
    left = {(row["channel_id"], row["user_id"]) for row in found}
    assert left == {("with", "bob"), ("with", "robin"), ("open", "robin"), ("open", "hook")}
