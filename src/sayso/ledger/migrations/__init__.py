"""Schema changes (Alembic), applied when a ledger is opened. Each version is a file in ``versions/``."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from sayso.errors import SaysoError

HEAD = "0004"
"""The newest schema. Kept here so that opening an up-to-date ledger does not load Alembic; a test holds it."""


def revision(connection: Connection, name: str) -> str | None:
    """The schema version of a database; ``None`` where it is empty. Raises S201 for another program's database."""
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" in tables and "reports" in tables:
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if tables and connection.dialect.name == "sqlite":
        raise SaysoError("S201", path=name, why="another program's SQLite database")
    return None


def upgrade(connection: Connection, found: str | None, name: str) -> None:
    """Bring the database to ``HEAD`` within the connection's transaction. Raises S203 for an unknown version."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise SaysoError("S203", path=name, revision=found)
    command.upgrade(config, "head")
