# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What clients are found by: words of their names, how these look and sound, phones, postcodes.

Rules, each with a test:

* Of what is recorded about a client only further telephones and addresses are indexed.
* What is taken out of a client's record is gone from the index too, not only hidden in it.
* A withdrawn client is not found; one restored is.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

import jellyfish

from desktop_app.casework.letters import skeleton
from desktop_app.casework.names import fold
from desktop_app.casework.records import WITHDRAWN, Answers, Json, Record, RecordId
from desktop_app.casework.reference import reference
from storage.rows import asked, is_withdrawn, record_of, see_it_is_whole, text

FORM, FURTHER = "client", "reach"
"""Forms: of a client, and of a further address or telephone of theirs."""
NAMES = ("surname", "forename", "known_as", "aliases")
NUMBERS = ("phone", "other_phone")
FIELDS = frozenset({*NAMES, *NUMBERS, "postcode", "born", WITHDRAWN})
"""The answers clients are found by."""
FURTHER_FIELDS = frozenset({*NUMBERS, "postcode", WITHDRAWN})
"""Those of a further address or telephone."""
SHORTEST_NUMBER = 6
_FURTHER = (
    "SELECT id, form, client, audience, author, live, trail FROM record"
    " INDEXED BY record_further"  # SQLite would rather read those of everybody
    " WHERE client IN (?) AND form = 'reach' AND audience = 'partners' AND NOT withdrawn"
)
_INDEXED = (
    "SELECT caseload.place, caseload.client, said, id, form, record.client, audience, author,"
    " live, trail FROM caseload JOIN words ON words.rowid = caseload.place"
    " JOIN record ON record.id = caseload.client WHERE caseload.client IN (?)"
)


def follow(db: Any, pairs: Sequence[tuple[Record | None, Record]]) -> None:
    """Bring the index after clients, given as they were and as they are."""
    if not pairs:  # as with nearly every save
        return
    gone: list[bytes] = []
    altered: list[Record] = []
    added: list[Record] = []
    for was, now in pairs:
        stood = was is not None and not is_withdrawn(was)
        stands = not is_withdrawn(now)
        if stood and not stands:
            gone.append(now.id)
        elif stands and not stood:
            added.append(now)
        elif stands and was is not None and _found_by(was) != _found_by(now):
            altered.append(now)
    forget(db, gone)
    places = [_place(db, one.id) for one in altered]
    for place in places:
        _clear(db, place)
    if places:
        _settle(db)
    known = further(db, [one.id for one in (*altered, *added)])
    for place, one in zip(places, altered, strict=True):
        _change(db, place, one, known.get(one.id, ()))
    for one in added:
        _add(db, one, known.get(one.id, ()))


def further(db: Any, clients: Collection[RecordId]) -> Mapping[RecordId, list[Answers]]:
    """Return what stands of further addresses and telephones of some clients, the oldest first."""
    rows = {row[0]: row for row in asked(db, _FURTHER, sorted(clients))}
    if rows:
        see_it_is_whole(db)
    found: dict[RecordId, list[Answers]] = {}
    for _id, row in sorted(rows.items()):
        one = record_of(row)
        found.setdefault(one.client, []).append(one.answers)
    return found


def follow_further(db: Any, clients: Collection[RecordId]) -> None:
    """Bring the index after what else some clients can be reached by; write only what differs."""
    if not clients:  # as with nearly every save
        return
    held = {row[1]: row for row in asked(db, _INDEXED, sorted(clients))}
    known = further(db, held)
    again: list[tuple[int, Record, list[Answers]]] = []
    for place, id_, said, *_row in held.values():
        client, also = record_of(held[id_][3:]), known.get(id_, [])
        if " ".join(words_of(client.answers, also)) != said:
            again.append((place, client, also))
    for place, _client, _also in again:
        _clear(db, place)
    if again:
        _settle(db)
    for place, client, also in again:
        _index(db, place, words_of(client.answers, also), names_of(client.answers))


def names_of(answers: Answers) -> list[str]:
    """Return the folded words of every name a client goes by."""
    said = chain.from_iterable(_texts(answers.get(field)) for field in NAMES)
    return list(dict.fromkeys(word for name in said for word in fold(name).split()))


def words_of(answers: Answers, further: Sequence[Answers] = ()) -> list[str]:
    """Return every word a client is found by, further addresses and telephones included."""
    folded = [fold(name) for field in NAMES for name in _texts(answers.get(field))]
    names = list(dict.fromkeys(word for name in folded for word in name.split()))
    postcodes = [fold(text(one, "postcode")) for one in (answers, *further)]
    numbers = [digits(text(one, field)) for one in (answers, *further) for field in NUMBERS]
    words = [
        *names,
        *(name.replace(" ", "") for name in folded),
        *map(skeleton, names),
        *(word for postcode in postcodes for word in postcode.split()),
        *(postcode.replace(" ", "") for postcode in postcodes),
        *(number for number in numbers if len(number) >= SHORTEST_NUMBER),
    ]
    return list(dict.fromkeys(word for word in words if word))


def digits(said: str) -> str:
    """Return the figures of a telephone number, however it is spaced."""
    return "".join(one for one in said if one.isdecimal())


def sounds_of(words: Sequence[str]) -> set[str]:
    """Return how words sound, in two ways of writing it."""
    named = [word for word in words if word.isalpha() and len(word) > 1]
    sounds = {f"m{jellyfish.metaphone(word)}" for word in named}
    sounds |= {f"n{jellyfish.nysiis(word)}" for word in named}
    return sounds - {"m", "n"}


def sorted_by(answers: Answers) -> str:
    """Return what a list of clients is sorted by."""
    names = [fold(text(answers, field)) for field in ("surname", "forename")]
    both = " ".join(name for name in names if name)
    return both or next(iter(names_of(answers)), "")


def _found_by(client: Record) -> tuple[str, str, list[str], list[str]]:
    """Return all of a client that is in the index, but for what they are reached by further."""
    answers = client.answers
    return sorted_by(answers), text(answers, "born"), words_of(answers), names_of(answers)


def _add(db: Any, client: Record, also: Sequence[Answers]) -> None:
    answers = client.answers
    place = db.execute(
        "INSERT INTO caseload"
        " (client, reference, name, born, last_seen, setting, setting_code, key_worker, alerts)"
        " VALUES (?, ?, ?, ?, '', x'', '', '', 0)",
        (client.id, reference(client.id), sorted_by(answers), text(answers, "born")),
    ).lastrowid
    _index(db, place, words_of(answers, also), names_of(answers))
    # Records about a client may have come before the client did.
    db.execute(
        "INSERT OR REPLACE INTO recount SELECT client, 3 FROM record"
        " WHERE client = ?1 AND id <> ?1 LIMIT 1",
        (client.id,),
    )


def _change(db: Any, place: int, client: Record, also: Sequence[Answers]) -> None:
    answers = client.answers
    db.execute(
        "UPDATE caseload SET name = ?, born = ? WHERE place = ?",
        (sorted_by(answers), text(answers, "born"), place),
    )
    _index(db, place, words_of(answers, also), names_of(answers))


def forget(db: Any, clients: Collection[bytes]) -> None:
    """Take clients out of the index and the caseload, where they stand in them."""
    places = "SELECT place FROM caseload WHERE client = ?"
    held = [row[0] for one in clients for row in db.execute(places, (one,)).fetchall()]
    for place in held:
        _clear(db, place)
    if held:
        _settle(db)
    gone = [(one,) for one in clients]
    db.executemany("DELETE FROM caseload WHERE client = ?", gone)
    db.executemany("DELETE FROM works_with WHERE client = ?", gone)


def _place(db: Any, client: bytes) -> int:
    place: int = db.execute("SELECT place FROM caseload WHERE client = ?", (client,)).fetchone()[0]
    return place


def _clear(db: Any, place: int) -> None:
    db.execute("DELETE FROM words WHERE rowid = ?", (place,))
    db.execute("DELETE FROM sound WHERE place = ?", (place,))


def _settle(db: Any) -> None:
    """Have what was taken out of the index written, before anything is put in again.

    SQLite's FTS5 (3.53) loses count of an index with `secure-delete` and `detail = none` when a row
    is taken out and put in within one go; `check` then finds a fault in a sound vault.
    """
    db.execute("INSERT INTO words (words) VALUES ('flush')")


def _index(db: Any, place: int, words: Sequence[str], names: Sequence[str]) -> None:
    db.execute("INSERT INTO words (rowid, said) VALUES (?, ?)", (place, " ".join(words)))
    db.executemany(
        "INSERT INTO sound VALUES (?, ?)", [(one, place) for one in sorted(sounds_of(names))]
    )


def _texts(value: Json) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []
