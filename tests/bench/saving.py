# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Saving a visit, as a worker does it: durable, merged, indexed, in the log; against a bare commit.

The bare commit writes the same bytes into one row of an SQLCipher file with the same settings.
"""

import statistics
import time
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from desktop_app.casework.records import Edit
from tests.bench.figures import scratch, small, tell
from tests.bench.invented import Invented, two_laptops

LIMIT = 2.0


def main() -> None:
    """Measure."""
    held, times = (500, 100) if small() else (5_000, 2_000)
    with scratch() as place:
        laptop, _other = two_laptops(place)
        invented = Invented("saving")
        clients = [invented.client() for _number in range(200)]
        laptop.save(clients)
        ids = [one.record for one in clients]
        laptop.save(list(invented.visits(held, ids, laptop.me)))
        bare = _bare(place / "bare.db", held)
        saving, plain = [], []
        for visit in invented.visits(times, ids, laptop.me):
            laptop.now_ms += 1000
            begun = time.perf_counter()
            laptop.store.save([visit], now_ms=laptop.now_ms)
            saving.append(time.perf_counter() - begun)
            plain.append(_commit(bare, visit))
        bare.close()
        laptop.store.close()
    ratio = statistics.median(saving) / statistics.median(plain)
    tell("Saving a visit / a bare encrypted commit of the same bytes", ratio, "x", LIMIT)


def _bare(path: Path, rows: int) -> sqlcipher.Connection:
    """Return an encrypted file with the settings of a vault and one plain table."""
    made = sqlcipher.connect(str(path), isolation_level=None)
    made.set_key(bytearray(b"x'" + b"5a" * 32 + b"'"))
    for setting in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        made.execute(f"PRAGMA {setting}").fetchall()
    made.execute("PRAGMA secure_delete = ON").fetchall()
    made.execute("CREATE TABLE one (id BLOB PRIMARY KEY, body BLOB) WITHOUT ROWID")
    made.execute("BEGIN")
    some = ((number.to_bytes(16, "big"), bytes(300)) for number in range(rows))
    made.executemany("INSERT INTO one VALUES (?, ?)", some)
    made.execute("COMMIT")
    return made


def _commit(bare: sqlcipher.Connection, visit: Edit) -> float:
    body = msgspec.msgpack.encode(visit)
    begun = time.perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO one VALUES (?, ?)", (visit.record, body))
    bare.execute("COMMIT")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
