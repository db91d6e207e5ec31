# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who in the vault may be the person a newcomer is: found by the index, weighed by `duplicates`.

Rules, each with a test:

* Somebody is found by a date of birth (in either order), any telephone of theirs, or a name that
  is the same, short for theirs, or sounds like it.
* The likeliest comes first, each with the reasons.
* Whoever has several files is found by any of them, and shown once.
* Each question asks for a bounded number of rows, and a bounded number of clients is weighed: those
  whom most of the questions found.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from desktop_app.casework.duplicates import MAY_BE, compare
from desktop_app.casework.names import other_names
from desktop_app.casework.records import Answers, RecordId
from desktop_app.casework.traits import Traits, traits
from storage import finding
from storage.connection import plainly
from storage.finding import NUMBERS, digits, sounds_of
from storage.rows import record_of, text
from storage.search import Hit
from storage.store import Store

_WEIGHED, _WHOLE_NUMBER = 200, 10
_BORN, _NAMED, _HEARD = 3, 2, 1
"""How much it counts for being weighed at all by what somebody was found."""
# Where a `?` says how many, SQLite plans the question anew each time it is asked.
_BORN_ON = "SELECT place FROM caseload WHERE born >= ?1 AND born < ?1 || '~~' LIMIT 2000"
_WORD = "SELECT rowid FROM words WHERE words MATCH ? LIMIT 2000"
_SOUND = "SELECT place FROM sound WHERE sound = ? LIMIT 2000"
_RECORD = (
    "SELECT id, form, record.client, audience, author, live, trail"
    " FROM caseload JOIN record ON record.id = caseload.client WHERE caseload.place = ?"
)


def likely(
    store: Store,
    answers: Answers,
    *,
    limit: int,
    further: Sequence[Answers] = (),
    least: float = MAY_BE,
    but: Collection[RecordId] = (),
) -> list[Hit]:
    """Return who may be the person these answers are about, the likeliest first, and why.

    Args:
        store: the vault.
        answers: of a client's record, or of one about to be made.
        limit: at most so many.
        further: of what is recorded of other addresses and telephones of theirs.
        least: the score that is asked for.
        but: clients who are left out.
    """
    newcomer = traits(answers, further)
    found: Counter[int] = Counter()
    for counts, question, asked in _questions(newcomer, answers, further):
        for (place,) in store.rows(question, (asked,)):
            found[place] += counts
    most = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:_WEIGHED]
    held = [record_of(store.rows(_RECORD, (place,))[0]) for place, _count in most]
    known = further_of(store, [client.id for client in held])
    weighed = []
    for client in held:
        likeness = compare(newcomer, traits(client.answers, known.get(client.id, ())))
        if likeness.score >= least and client.id not in but:
            weighed.append((-likeness.score, client.id, Hit(client, likeness.why)))
    hits = [hit for *_by, hit in sorted(weighed, key=lambda one: one[:2])]
    return _a_person_once(store, hits)[:limit]


def further_of(store: Store, clients: Collection[RecordId]) -> Mapping[RecordId, Sequence[Answers]]:
    """Return what is recorded of further addresses and telephones of some clients."""
    with plainly():
        return finding.further(store.db, clients)


def _a_person_once(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    """Return who was found, whoever has several files by the likeliest and under their head's."""
    heads = store.heads(hit.client.id for hit in hits)
    once: dict[bytes, Hit] = {}
    for hit in hits:
        shown = heads.get(hit.client.id, hit.client.id)
        if shown not in once:
            record = hit.client if shown == hit.client.id else store.records([shown])[0]
            once[shown] = Hit(record, hit.why)
    return list(once.values())


def _questions(
    newcomer: Traits, answers: Answers, further: Sequence[Answers]
) -> Iterator[tuple[int, str, Any]]:
    """Return what the index is asked, and how much an answer counts."""
    born = text(answers, "born").removesuffix("~")
    if born:
        yield _BORN, _BORN_ON, born
    if newcomer.born is not None and newcomer.born.day:
        year, month, day, _about = newcomer.born
        yield _BORN, _BORN_ON, f"{year:04d}-{day:02d}-{month:02d}"
    names = dict.fromkeys((*newcomer.family, *newcomer.given))
    short = [name for one in newcomer.given for name in sorted(other_names(one))]
    said = [text(one, field) for one in (answers, *further) for field in NUMBERS]
    numbers = dict.fromkeys(number for one in said for number in _numbers(one))
    for words, counts in ((names, _NAMED), (short, _NAMED), (numbers, _BORN)):
        yield from ((counts, _WORD, f'"{word}"') for word in words)
    yield from ((_HEARD, _SOUND, sound) for sound in sorted(sounds_of(list(names))))


def _numbers(said: str) -> list[str]:
    """Return a telephone as it may have been written: as here, with 0, or with the country's 44."""
    figures = digits(said)
    if len(figures) < _WHOLE_NUMBER:
        return []
    return list(dict.fromkeys((figures, f"0{figures[-10:]}", f"44{figures[-10:]}")))
