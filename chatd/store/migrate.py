"""Brings the schema up to date at the start, by Alembic, inside the lock that the caller holds."""

import contextlib
import io
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from chatd.domain.errors import CannotStart
from chatd.store.dialect import broken_references, columns, indexes
from chatd.store.schema import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
NAMED = 5  # differences in one sentence


class BrokenMigration(CannotStart):
    """The migrated data contradicts itself. The transaction must not be committed."""


class OtherSchema(CannotStart):
    """The database is not one that this version of chatd knows."""


@cache
def known() -> frozenset[str]:
    """All revisions that this code can bring up to date."""
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def head() -> str:
    """The newest revision that this code knows. Files are named by their revision, which a test holds."""
    return max(known())


def revision(connection: Connection) -> str | None:
    """The revision that a database has; None where there are no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def upgrade(connection: Connection) -> None:
    """Run the migrations that this database has not seen, on a connection without foreign keys (`migrating`).

    Raises BrokenMigration, OtherSchema; the caller commits, so that all of it holds or nothing.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    with contextlib.redirect_stdout(io.StringIO()):
        command.upgrade(config, "head")
    if broken := broken_references(connection):
        raise BrokenMigration(f"After the migration rows of {', '.join(broken)} point to nothing; nothing was changed.")


def require_known(found: str | None) -> None:
    """Raises OtherSchema for a database of a newer chatd, or of none."""
    if found is not None and found not in known():
        raise OtherSchema(
            f"The database has the schema {found}, and this version of chatd knows none newer than {head()}. "
            "Start the version that made it, or one newer than that."
        )


def require_declared(connection: Connection) -> None:
    """Raises OtherSchema unless tables, columns and indexes are those that schema.py declares."""
    differences = sorted(_declared() ^ {name for name in _found(connection) if name.split(".")[0] in metadata.tables})
    if differences:
        raise OtherSchema(
            f"The database is not as schema {head()} declares it: {', '.join(differences[:NAMED])} "
            f"{'and others differ' if len(differences) > NAMED else 'differs'}. Somebody changed it by hand. "
            "Restore the last backup, or undo the change."
        )


def _found(connection: Connection) -> frozenset[str]:
    return frozenset(_words(columns(connection), indexes(connection)))


def _words(columns: list[tuple[str, str, bool]], indexes: list[tuple[str, str]]) -> list[str]:
    """Each column and index as a name that differs when it does."""
    of_columns = [f"{table}.{name}{' (required)' if required else ''}" for table, name, required in columns]
    return of_columns + [f"{table}.{name} (index)" for table, name in indexes]


@cache
def _declared() -> frozenset[str]:
    tables = metadata.tables.values()
    return frozenset(
        _words(
            [(table.name, column.name, not column.nullable) for table in tables for column in table.columns],
            [(table.name, str(index.name)) for table in tables for index in table.indexes],
        )
    )
