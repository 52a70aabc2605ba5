"""The migrations make exactly the tables that schema.py declares, once."""

import hashlib
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
from chatd.store.migrate import MIGRATIONS, BrokenMigration, head, revision
from chatd.store.schema import metadata
from tests.store.opened import opened, put, stored

T = TypeVar("T")
RELEASED = {  # of each migration that somebody may have run: a new one is added here, none is ever changed
    "0001_first_schema.py": "c338d17d4500d31c54583c6f8b10464ed5afb9da3276c87e39e5f8bc85d7df1f",
    "0002_people.py": "00e1868c4dd14c488729d532a04c21ae39b139ea0af88b6cb05d8d8423df2db3",
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
