# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking in a spreadsheet of 20,000 lines: the dry run, the taking in, reading it again, memory.

The people are invented (`doubles`), a share of them entered twice by another hand, a share of the
lines wrong. Both kinds of file are measured. The wait of somebody who works in the casebook
meanwhile is the longest of the turns the saving is cut into.
"""

import csv
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from desktop_app.casework import forms
from desktop_app.casework.people import Device, Person, Role, Team
from desktop_app.casework.records import Json
from desktop_app.casework.sheets import columns
from desktop_app.casework.sheets.meaning import State
from storage import ledger
from storage.ledger import Feed
from storage.store import Store
from tests.bench.doubles import Doubles
from tests.bench.figures import Memory, note, p95, scratch, seconds, small, tell
from ui.clock import Clock
from ui.sheets.taking_in import Known, Plan, Reading
from ui.sheets.workbook import open_workbook

LINES = 20_000
DRY_S, APPLY_S, AGAIN_S, MEMORY_MB, TURN_MS = 30.0, 30.0, 30.0, 120.0, 150.0
HEAD = ["Name", "DOB", "Sex", "Mobile", "Address", "Town", "Post code", "Notes"]
ME = Person("a" * 16, "M. Lowe", "Outreach", frozenset({Role.COORDINATOR}), frozenset({"partners"}))
TEAM = Team("t", "Harbour", {ME.id: ME}, {"b" * 32: Device("b" * 32, ME.id, "laptop")})


def main() -> None:
    """Measure."""
    size = LINES // 20 if small() else LINES
    with scratch() as folder:
        table, book = folder / "people.csv", folder / "people.xlsx"
        _write(table, book, size)
        store = _vault(folder / "vault")
        _look(store, table, size, "CSV")
        _look(store, book, size, "XLSX")
        saved = _take_in(store, table, size)
        again = seconds(lambda: _again(store, table, saved))
        tell(f"Reading {size:,} lines again", again, "s", AGAIN_S)
        store.close()


def _look(store: Store, path: Path, size: int, kind: str) -> None:
    memory = Memory()
    begun, worked = time.perf_counter(), time.process_time()
    reading = _reading(store, path)
    found = reading.look(lambda _count: None)
    took = time.perf_counter() - begun
    assert len(found) == size
    note(f"{time.process_time() - worked:.1f} s of the processor")
    note(f"{kind}: { ({one.value: n for one, n in reading.counts.items()}) }")
    tell(f"Dry run of {size:,} lines: {kind}", took, "s", DRY_S)
    tell(f"Memory of the dry run: {kind}", memory.extra_mb(), "MB", MEMORY_MB)


def _take_in(store: Store, path: Path, size: int) -> int:
    memory, turns = Memory(), []
    begun, worked = time.perf_counter(), time.process_time()
    reading = _reading(store, path)
    while True:
        at = time.perf_counter()
        if not reading.turn(store):
            break
        turns.append(1000 * (time.perf_counter() - at))
    took = time.perf_counter() - begun
    note(f"{time.process_time() - worked:.1f} s of the processor")
    middle = statistics.median(turns)
    note(f"{reading.saved:,} saved in {len(turns)} turns, the middle one {middle:.0f} ms")
    tell(f"Taking in {size:,} lines", took, "s", APPLY_S)
    tell("One turn of it, 95 of 100", p95(turns), "ms", TURN_MS)
    tell("Memory of taking in", memory.extra_mb(), "MB", MEMORY_MB)
    return reading.saved


def _again(store: Store, path: Path, saved: int) -> None:
    reading = _reading(store, path)
    reading.look(lambda _count: None)
    assert reading.counts[State.HERE] >= saved, "nothing is doubled"


def _reading(store: Store, path: Path) -> Reading:
    form = forms.form("client")
    known = Known(form)
    while known.more(store):
        pass
    guessed = columns.guess(form, HEAD, [], this_year=2026)
    book = open_workbook(path)
    plan = Plan(form, book, book.sheets[0], 1, guessed)
    return Reading(plan, TEAM, Clock(), known)


def _write(table: Path, book: Path, size: int) -> None:
    rows = list(_rows(size))
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    made = xlsxwriter.Workbook(str(book), {"constant_memory": True})
    sheet = made.add_worksheet("People")
    for place, row in enumerate([HEAD, *rows]):
        sheet.write_row(place, 0, row)
    made.close()


def _rows(size: int) -> Iterator[list[Json]]:
    people, _same = Doubles("sheets").people(size, twice=0.02)
    for number, one in enumerate(people[:size]):
        year, month, day = (str(one.get("born", "")).removesuffix("~") + "--").split("-")[:3]
        born: Json = f"{day}/{month}/{year}" if day else f"{year}"
        if number % 50 == 0:
            born = "the other day"
        name = f"{str(one.get('surname', '')).upper()}, {one.get('forename', '')}"
        told = [one.get(field) for field in ("gender", "phone", "address_1", "town", "postcode")]
        yield [name, born, *(told), "Large print"]


def _vault(folder: Path) -> Store:
    folder.mkdir()
    store = Store.create(folder, bytearray(range(32)))
    feed = bytes.fromhex("ab" * 16)
    with store.transaction():
        ledger.use_feed(
            store, Feed(int.from_bytes(feed[:7], "big"), feed, b"b" * 16, 0, b"", 0), author=ME.id
        )
    return store


if __name__ == "__main__":
    main()
