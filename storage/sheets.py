# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a vault remembers of spreadsheets: columns, words, lines taken in, lines that wait.

All of it stays in this vault and travels in no bundle. Rules, each with a test:

* A line that was taken in is known by its mark alone, which says nothing of it.
* A line that waits is whole, and of nobody who is a client yet; it goes when it is taken in, or
  when somebody lets go of it.
* Some thousand clients or records at a time: others may work in the vault in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop_app.casework.records import Answers, Record, RecordId
from desktop_app.casework.sheets.lines import Parsed, mark
from storage.rows import decode, encode, record_of
from storage.store import Store

AT_ONCE = 1_000
_COLUMNS, _WORDS, _TAKEN, _WAITS = "sheet.columns.", "sheet.words.", "sheet.taken.", "sheet.waits."
_LIKE = "SELECT name, value FROM value WHERE name >= ? AND name < ? ORDER BY name"
_PUT = "INSERT OR REPLACE INTO value VALUES (?, ?)"
_CLIENTS = (
    "SELECT caseload.place, id, form, record.client, audience, author, live, trail"
    " FROM caseload JOIN record ON record.id = caseload.client"
    " WHERE caseload.place > ? ORDER BY caseload.place LIMIT ?"
)
_RECORDS = (
    "SELECT place, id, form, client, audience, author, live, trail FROM record"
    " WHERE form = ? AND place > ? AND NOT withdrawn ORDER BY place LIMIT ?"
)


def all_columns(store: Store) -> dict[str, dict[str, str]]:
    """Return what the columns of every head were last said to answer, by the mark of the head."""
    return {
        name: {str(column): str(one) for column, one in held.items()}
        for name, held in _held(store, _COLUMNS)
        if isinstance(held, dict)
    }


def keep_columns(store: Store, fingerprint: str, chosen: Mapping[str, str]) -> None:
    """Keep what the columns of a head answer, by the folded name of each."""
    store.put(_COLUMNS + fingerprint, dict(chosen))


def words(store: Store) -> dict[str, dict[str, str]]:
    """Return what the team chose for words of its own, by code list and folded word."""
    found = {}
    for name, held in _held(store, _WORDS):
        if isinstance(held, dict):
            found[name] = {str(word): str(code) for word, code in held.items()}
    return found


def keep_words(store: Store, chosen: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what was chosen for some words, beside what was chosen before."""
    before = words(store)
    for name, said in chosen.items():
        store.put(_WORDS + name, {**before.get(name, {}), **said})


def taken(store: Store) -> set[bytes]:
    """Return the marks of the lines that were taken in."""
    return {bytes.fromhex(name) for name, _value in _held(store, _TAKEN)}


def keep_taken(store: Store, marks: Iterable[tuple[bytes, RecordId]]) -> None:
    """Keep that lines were taken in, and what they became."""
    store.write_many(_PUT, [(_TAKEN + mark.hex(), encode(record.hex())) for mark, record in marks])


def waiting(store: Store, form: str = "") -> list[tuple[str, Parsed]]:
    """Return the lines that wait, of one form or of all, each with the form it is read by."""
    found = []
    for _name, held in _held(store, _WAITS):
        if not isinstance(held, dict) or form not in ("", held.get("form")):
            continue
        said = (held["number"], held["answers"], held["who"], held["ref"])
        found.append((str(held["form"]), Parsed(*said)))
    return found


def keep_waiting(store: Store, form: str, lines: Sequence[Parsed]) -> None:
    """Keep lines until their client is here."""
    store.write_many(
        _PUT,
        [
            (
                _WAITS + mark(form, one).hex(),
                encode(
                    {
                        "form": form,
                        "number": one.number,
                        "answers": one.answers,
                        "who": one.who,
                        "ref": one.ref,
                    }
                ),
            )
            for one in lines
        ],
    )


def drop_waiting(store: Store, marks: Iterable[bytes]) -> None:
    """Let go of lines that waited."""
    store.write_many("DELETE FROM value WHERE name = ?", [(_WAITS + mark.hex(),) for mark in marks])


def some_clients(store: Store, after: int) -> tuple[list[tuple[RecordId, Answers]], int]:
    """Return the next clients and where to go on; none when there are no more."""
    rows = store.rows(_CLIENTS, (after, AT_ONCE))
    held = [record_of(row[1:]) for row in rows]
    last = rows[-1][0] if rows else after
    return [(one.id, one.answers) for one in held if one.withdrawn is None], last


def some_records(store: Store, form: str, after: int) -> tuple[list[Record], int]:
    """Return the next records of a form and where to go on; none when there are no more."""
    rows = store.rows(_RECORDS, (form, after, AT_ONCE))
    return [record_of(row[1:]) for row in rows], rows[-1][0] if rows else after


def _held(store: Store, begins: str) -> list[tuple[str, Any]]:
    """Return what is kept under names that begin so, by the rest of the name."""
    rows = store.rows(_LIKE, (begins, begins[:-1] + chr(ord(begins[-1]) + 1)))
    return [(name.removeprefix(begins), decode(value)) for name, value in rows]
