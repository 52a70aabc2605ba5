"""The migrations make exactly the tables that schema.py declares, once."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from chatd.store import users
from chatd.store.migrate import MIGRATIONS, head, revision
from chatd.store.schema import metadata
from tests.store.opened import opened, put, stored

OPTIONS = {"compare_type": True, "compare_server_default": True}


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts=OPTIONS), metadata))


def definitions(connection: Connection) -> dict[str, str]:
    """SQLite's own words for every table and index, white space aside."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {name: " ".join(sql.split()) for name, sql in rows}


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


async def test_people_of_an_older_database_are_found_by_their_folded_names(tmp_path: Path) -> None:
    """What is derived from names is derived for those who were there before it, too."""
    folder = tmp_path / "data"
    folder.mkdir()
    engine = create_engine(f"sqlite:///{folder / 'chatd.db'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = {"id": "a", "user_name": "Änne", "user_name_key": "änne", "display_name": "ÄNNE", "nickname": "Straße"}
        old = "INSERT INTO users (id, user_name, user_name_key, display_name, nickname, role, created_at) "
        connection.execute(
            text(old + "VALUES (:id, :user_name, :user_name_key, :display_name, :nickname, 'user', 1)"), row
        )
    engine.dispose()
    async with opened(tmp_path) as store:
        for words in ("änne", "STRASSE"):
            found = await store.read(lambda connection, words=words: users.find(connection, words, 5))
            assert [user.id for user in found] == ["a"]
