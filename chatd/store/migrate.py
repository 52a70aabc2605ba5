"""Brings the schema up to date at the start, by Alembic, inside the lock that the caller holds."""

import contextlib
import io
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from chatd.store.dialect import broken_references

MIGRATIONS = Path(__file__).parent / "migrations"


class BrokenMigration(Exception):
    """The migrated data contradicts itself. The transaction must not be committed."""


def head() -> str:
    """The newest revision that this code knows. Files are named by their revision, which a test holds."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))[:4]


def revision(connection: Connection) -> str | None:
    """The revision that a database has; None where there are no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def upgrade(connection: Connection) -> None:
    """Run the migrations that this database has not seen, on a connection without foreign keys (`migrating`).

    Raises BrokenMigration; the caller commits, so that all of it holds or nothing.
    """
    if revision(connection) == head():
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    with contextlib.redirect_stdout(io.StringIO()):
        command.upgrade(config, "head")
    if broken := broken_references(connection):
        raise BrokenMigration(f"After the migration rows of {', '.join(broken)} point to nothing; nothing was changed.")
