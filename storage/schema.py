# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The schema: plain numbered migrations, and the whole of it as they leave it.

`python -m storage.schema` writes `storage/schema.sql`, which people read and a test keeps fresh.
A migration is never changed once released, and goes forward only.
"""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from storage.errors import VaultNewer

HEAD = """-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0
-- The schema as all migrations leave it. Written by `make schema`; change a migration, not this.
"""


def migrate(db: Any) -> None:
    """Bring a store's schema up to this program's.

    Raises:
        VaultNewer: the store's schema is newer than this program.
    """
    scripts = migrations()
    done = db.execute("PRAGMA user_version").fetchone()[0]
    if done > len(scripts):
        raise VaultNewer
    for number, script in enumerate(scripts[done:], start=done + 1):
        try:
            db.executescript(
                f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
            )
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


@cache
def migrations() -> tuple[str, ...]:
    """Return every migration in order."""
    places = (files("storage") / "migrations").iterdir()
    numbered = sorted((one.name, one) for one in places if re.match(r"\d{4}_\w+\.sql$", one.name))
    return tuple(one.read_text(encoding="utf-8") for _name, one in numbered)


def schema_text() -> str:
    """Return the whole schema as the migrations leave it."""
    db = sqlcipher.connect(":memory:", isolation_level=None)
    migrate(db)
    hidden = {
        row[0] for row in db.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")
    }
    rows = db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY tbl_name, type DESC, name"
    ).fetchall()
    db.close()
    return HEAD + "".join(f"\n{sql};\n" for name, sql in rows if name not in hidden)


if __name__ == "__main__":
    Path(__file__).with_name("schema.sql").write_text(schema_text(), encoding="utf-8")
