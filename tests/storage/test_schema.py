# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The schema: numbered migrations, and the file people read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

import storage
from storage.errors import VaultNewer
from storage.schema import migrate, migrations, schema_text
from storage.store import Store

FOLDER = Path(storage.__file__).parent


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Any]:
    db = sqlcipher.connect(str(tmp_path / "empty.db"), isolation_level=None)
    yield db
    db.close()


def tables(db: Any) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_the_schema_people_read_is_what_the_migrations_leave() -> None:
    assert (FOLDER / "schema.sql").read_text(encoding="utf-8") == schema_text()


def test_the_migrations_make_every_table_in_an_empty_file(empty: Any) -> None:
    migrate(empty)
    named = set(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", schema_text()))
    assert named
    assert named <= tables(empty)
    assert empty.execute("PRAGMA user_version").fetchone()[0] == len(migrations())


def test_migrating_again_changes_nothing(empty: Any) -> None:
    migrate(empty)
    before = empty.execute("SELECT name, sql FROM sqlite_schema").fetchall()
    migrate(empty)
    assert empty.execute("SELECT name, sql FROM sqlite_schema").fetchall() == before


def test_migrations_are_numbered_without_a_hole() -> None:
    numbers = sorted(int(one.name[:4]) for one in (FOLDER / "migrations").glob("*.sql"))
    assert numbers == list(range(1, len(migrations()) + 1))


def test_a_migration_that_fails_leaves_the_file_as_it_was(empty: Any) -> None:
    empty.execute("CREATE TABLE works_with (in_the_way)")
    with pytest.raises(sqlcipher.Error):
        migrate(empty)
    assert tables(empty) == {"works_with"}
    assert empty.execute("PRAGMA user_version").fetchone()[0] == 0
    assert not empty.in_transaction


def test_a_schema_newer_than_this_program_is_refused(empty: Any) -> None:
    empty.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    with pytest.raises(VaultNewer):
        migrate(empty)
    assert tables(empty) == set()


def test_a_vault_has_the_schema_people_read(store: Store) -> None:
    said = {sql for (sql,) in store.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    for order in re.findall(r"^CREATE .*?(?=;\n)", schema_text(), re.DOTALL | re.MULTILINE):
        assert order in said
