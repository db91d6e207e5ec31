# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What clients are found by: the words of their names, how these look and sound, a reference.

Rules, each with a test:

* Clients only. Nothing of what is recorded about them is indexed.
* What is taken out of a client's record is gone from the index too, not only hidden in it.
* A withdrawn client is not found; one restored is.
"""

from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

import jellyfish

from desktop_app.casework.letters import skeleton
from desktop_app.casework.names import fold
from desktop_app.casework.records import WITHDRAWN, Answers, Json, Record
from desktop_app.casework.reference import reference
from storage.rows import is_withdrawn, text

FORM = "client"
NAMES = ("surname", "forename", "known_as", "aliases")
NUMBERS = ("phone", "other_phone")
FIELDS = frozenset({*NAMES, *NUMBERS, "postcode", "born", WITHDRAWN})
"""The answers clients are found by."""
SHORTEST_NUMBER = 6


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
        elif stands and was is not None and _facts(was) != _facts(now):
            altered.append(now)
    forget(db, gone)
    places = [_place(db, one.id) for one in altered]
    for place in places:
        _clear(db, place)
    if places:
        _settle(db)
    for place, one in zip(places, altered, strict=True):
        _change(db, place, one)
    for one in added:
        _add(db, one)


def names_of(answers: Answers) -> list[str]:
    """Return the folded words of every name a client goes by."""
    said = chain.from_iterable(_texts(answers.get(field)) for field in NAMES)
    return list(dict.fromkeys(word for name in said for word in fold(name).split()))


def words_of(answers: Answers) -> list[str]:
    """Return every word a client is found by."""
    joined = [fold(name).replace(" ", "") for field in NAMES for name in _texts(answers.get(field))]
    postcode = fold(text(answers, "postcode"))
    numbers = [digits(text(answers, field)) for field in NUMBERS]
    words = [
        *names_of(answers),
        *joined,
        *map(skeleton, names_of(answers)),
        *postcode.split(),
        postcode.replace(" ", ""),
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


def _facts(client: Record) -> tuple[str, str, list[str], list[str]]:
    answers = client.answers
    born = text(answers, "born")
    return sorted_by(answers), born, words_of(answers), names_of(answers)


def _add(db: Any, client: Record) -> None:
    name, born, words, names = _facts(client)
    place = db.execute(
        "INSERT INTO caseload"
        " (client, reference, name, born, last_seen, setting, setting_code, key_worker, alerts)"
        " VALUES (?, ?, ?, ?, '', x'', '', '', 0)",
        (client.id, reference(client.id), name, born),
    ).lastrowid
    _index(db, place, words, names)
    # Records about a client may have come before the client did.
    db.execute(
        "INSERT OR REPLACE INTO recount SELECT client, 3 FROM record"
        " WHERE client = ?1 AND id <> ?1 LIMIT 1",
        (client.id,),
    )


def _change(db: Any, place: int, client: Record) -> None:
    name, born, words, names = _facts(client)
    db.execute("UPDATE caseload SET name = ?, born = ? WHERE place = ?", (name, born, place))
    _index(db, place, words, names)


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
