# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Schema: what all migrations together leave behind, in one file that can be read.

Nobody runs storage/schema.sql; it is for the eye. `make schema` writes it, and a test fails while
it is not what the migrations make.
"""

from pathlib import Path

import sqlcipher3

ROOT = Path(__file__).parent.parent
MIGRATIONS = ROOT / "storage" / "migrations"
SCHEMA = ROOT / "storage" / "schema.sql"
HEAD = """\
-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0
-- The whole schema as the migrations leave it. Written by `make schema`; do not edit.

"""


def schema() -> str:
    """Return the schema as the migrations make it; tables of the search engine's own left out."""
    database = sqlcipher3.connect(":memory:", isolation_level=None)
    for path in sorted(MIGRATIONS.glob("*.sql")):
        database.executescript(path.read_text(encoding="utf-8"))
    made = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    engines = [f"{name}_" for name, sql in made if "VIRTUAL TABLE" in sql.upper()]
    database.close()
    return (
        HEAD
        + "\n\n".join(f"{sql};" for name, sql in made if not name.startswith(tuple(engines)))
        + "\n"
    )


if __name__ == "__main__":
    SCHEMA.write_text(schema(), encoding="utf-8")
