# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Golden vaults: one as each format was written, kept for ever, to be opened by every later Tandem.

    python -m tests.journeys.golden     keep one of the format of this very code, before a release

Each lies in tests/data/golden under the number of its format, the key worker's of a small made-up
team, with what it holds in told.json.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from desktop_app.casework.made_up_cast import town
from storage import unlock
from storage.schema import migrations
from storage.store import Store
from tests.journeys.commands import run

PLACE = Path(__file__).parent.parent / "data" / "golden"
FILES = ("vault.db", "vault.keys")


def told(folder: Path) -> dict[str, str]:
    """Return what a vault holds: a digest of every record's answers, by its id."""
    store = Store.open(folder, unlock.unlock(folder, town().passphrase))
    try:
        found = store.rows("SELECT id FROM record ORDER BY id")
        records = store.records([row[0] for row in found])
        return {
            one.id.hex(): hashlib.sha256(
                json.dumps([one.form, one.audience, one.answers], sort_keys=True).encode()
            ).hexdigest()[:16]
            for one in records
        }
    finally:
        store.close()


def keep(source: Path, number: int) -> None:
    """Keep a vault as the golden one of a format."""
    place = PLACE / str(number)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in FILES:
        shutil.copy(source / name, place / name)
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(place, Path(folder) / "vault"))
        (place / "told.json").write_text(json.dumps(told(copied), indent=0) + "\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        team = Path(made) / "town"
        run("demo", team, "--clients", 2, "--months", 1, "--today", "2026-11-24")
        keep(Path(sys.argv[1]) if sys.argv[1:] else team / "vaults" / "osei", len(migrations()))
