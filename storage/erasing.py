# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Erasing: what a decision to erase removes from this vault, and what it remembers.

Rules, each with a test:

* A record that was erased is never shown again, whenever a change to it comes, from whomever, and
  in whichever order. A change its eraser had not seen is listed as refused, so that its author can
  be told.
* The records, what is made from them, drafts and what waits to be sent lose the words at once, in
  the transaction that takes the decision in. The log loses them when its bundles are re-packed.
* A decision erases records of its own audience only, and never a decision.
* Where nothing was ever erased, a batch of changes costs one question.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.casework import attachments
from desktop_app.casework.attachments import parts_of
from desktop_app.casework.records import Change, Json, Record, trail_entries
from desktop_app.casework.retention import REPACKED, RETENTION, erased_by
from storage import board_marks, finding, joined, waiting
from storage.rows import asked, decode, encode, record_of

ORDERS = (RETENTION, REPACKED)
"""Forms whose records order something, and cannot be erased themselves."""
UNSWEPT = "erasing.unswept"
"""Setting: whether words were removed since the file was last written afresh."""
GONE = "erasing.parts"
"""Setting: the parts of erased attachments, in hex; of each, whether its file is to be emptied."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A section that was replaced, as whoever did it said."""

    bundle: bytes
    place: int
    turn: int
    hash: bytes

    def line(self) -> str:
        """Return it as it stands in a record."""
        return f"{self.bundle.hex()}/{self.place}/{self.turn}/{self.hash.hex()}"


def announced(line: Json) -> Announced | None:
    """Read what `Announced.line` wrote; None for anything else."""
    parts = line.split("/") if isinstance(line, str) else []
    try:
        bundle, place, turn, hash_of = parts
        found = Announced(bytes.fromhex(bundle), int(place), int(turn), bytes.fromhex(hash_of))
    except ValueError:
        return None
    small = 0 <= found.place < 256 and 0 < found.turn < 1 << 32
    return found if small and len(found.bundle) == len(found.hash) == 32 else None


# Taking in


def among(db: Any, records: Collection[bytes]) -> dict[bytes, set[str]]:
    """Return which of some records were erased, each with the audiences it was erased in."""
    if db.execute("SELECT 1 FROM erased LIMIT 1").fetchone() is None:
        return {}
    found: dict[bytes, set[str]] = {}
    question = "SELECT record, audience FROM erased WHERE record IN (?)"
    for record, audience in asked(db, question, sorted(records)):
        found.setdefault(record, set()).add(audience)
    return found


def turn_away(
    db: Any, todo: dict[bytes, list[tuple[Change, int]]], gone: Mapping[bytes, set[str]]
) -> Iterator[tuple[Change, int]]:
    """Take the changes to erased records out of what is to be done, and yield them."""
    for record, audiences in gone.items():
        away = [
            one
            for one in todo[record]
            if one[0].audience in audiences and one[0].form not in ORDERS
        ]
        todo[record] = [one for one in todo[record] if one not in away]
        if not todo[record]:
            del todo[record]
        _mark_stale(db, [(one.feed, one.seq, one.audience) for one, _number in away])
        yield from away


def carry_out(
    db: Any, order: Record, saw: Callable[[int, int], bool]
) -> tuple[set[bytes], list[tuple[int, int, bytes, int]]]:
    """Do what a decision or an announcement orders.

    Args:
        db: the vault's connection, in a transaction.
        order: the record that was just taken in.
        saw: whether its author had seen a bundle of another feed.

    Returns:
        The records and clients that went, and the places (feed, seq, record, idx) of what was
        alive in them and unknown to whoever erased them.
    """
    if order.form == REPACKED:
        _note_announced(db, order)
        return set(), []
    ids = erased_by(order)
    if not ids:
        return set(), []
    db.executemany(
        "INSERT OR IGNORE INTO erased VALUES (?, ?, ?)",
        [(id_, order.audience, order.id) for id_ in ids],
    )
    question = "SELECT id, form, client, audience, author, live, trail FROM record WHERE id IN (?)"
    held = [record_of(row) for row in {row[0]: row for row in asked(db, question, ids)}.values()]
    held = [one for one in held if one.audience == order.audience and one.form not in ORDERS]
    feed, seq = order.created
    unseen = [
        (live.feed, live.seq, one.id, live.idx)
        for one in held
        for live in one.live
        if not (saw(live.feed, live.seq) or (live.feed == feed and live.seq <= seq))
    ]
    _remember_bundles(db, ids, held, order.audience)
    whose = _remove(db, ids, held, order.audience)
    db.execute("INSERT OR REPLACE INTO value VALUES (?, ?)", (UNSWEPT, _YES))
    return {one.id for one in held} | whose, unseen


def forget(db: Any, audience: str | None) -> None:
    """Forget what was erased in an audience, or in all: it is read again from the log."""
    for table in ("erased", "stale"):
        db.execute(_FORGET[table], (audience,))
    if audience in (None, "partners"):
        db.execute("DELETE FROM repacked")


_YES = encode(True)  # noqa: FBT003  msgspec takes no keyword here
_FORGET = {
    "erased": "DELETE FROM erased WHERE ?1 IS NULL OR audience = ?1",
    "stale": "DELETE FROM stale WHERE ?1 IS NULL OR audience = ?1",
}


def _remember_bundles(db: Any, ids: Sequence[bytes], held: Sequence[Record], audience: str) -> None:
    """Note every bundle that says something of the records: taken in or refused."""
    entries = {entry for one in held for entry in trail_entries(one.trail)}
    refused = "SELECT feed, seq FROM refused WHERE record IN (?)"
    entries |= {(feed, seq) for feed, seq in asked(db, refused, ids)}
    _mark_stale(db, [(feed, seq, audience) for feed, seq in entries])


def _mark_stale(db: Any, rows: Sequence[tuple[int, int, str]]) -> None:
    db.executemany("INSERT OR IGNORE INTO stale VALUES (?, ?, ?)", rows)


def _remove(db: Any, ids: Sequence[bytes], held: Sequence[Record], audience: str) -> set[bytes]:
    """Remove records, what is made from them, drafts about them and what waits of them.

    Returns:
        Whose they were, and whoever these are one person with.
    """
    clients = [one.id for one in held if one.form == finding.FORM]
    finding.forget(db, clients)
    found = [one for one in held if one.form == joined.FORM]
    alone = joined.ends(*found) | joined.known(db, clients)
    db.executemany("DELETE FROM draft WHERE client = ?", [(one,) for one in clients])
    db.executemany("DELETE FROM draft WHERE record = ?", [(one.id,) for one in held])
    content = {part for one in held if one.form == attachments.FORM for part in parts_of(one)}
    db.executemany("DELETE FROM part WHERE id = ?", [(part,) for part in sorted(content)])
    _remember_parts(db, content)
    db.executemany("DELETE FROM record WHERE id = ?", [(one.id,) for one in held])
    finding.follow_further(db, {one.client for one in held if one.form == finding.FURTHER})
    whose = {one.client for one in held if one.client}
    whose |= {*joined.heads(db, whose).values(), *joined.follow(db, alone)}
    db.executemany(
        "INSERT OR REPLACE INTO recount SELECT client, 3 FROM caseload WHERE client = ?",
        [(client,) for client in sorted(whose)],
    )
    board_marks.again(db, whose)
    board_marks.take_off(db, whose)
    waiting.erase(db, frozenset(ids), audience)
    return whose


def _remember_parts(db: Any, content: Collection[bytes]) -> None:
    """Note whose files on the share are to be emptied; nothing else will name them any more."""
    if not content:
        return
    row = db.execute("SELECT value FROM value WHERE name = ?", (GONE,)).fetchone()
    known = decode(row[0]) if row else {}
    whole = dict.fromkeys((one.hex() for one in sorted(content)), True) | known
    db.execute("INSERT OR REPLACE INTO value VALUES (?, ?)", (GONE, encode(whole)))


def _note_announced(db: Any, order: Record) -> None:
    lines = order.answers.get("sections")
    found = [announced(one) for one in lines] if isinstance(lines, list) else []
    db.executemany(
        "INSERT OR IGNORE INTO repacked VALUES (?, ?, ?, ?, 0)",
        [(one.bundle, one.place, one.turn, one.hash) for one in found if one is not None],
    )
