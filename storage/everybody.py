# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Everybody in the vault, ready to be compared with everybody, and which pairs were looked at.

Rules, each with a test:

* Some thousand files at a time: others may work in the vault in between.
* Two files that are one person's already are no pair, and neither are two people's of whom
  somebody has said that they are two. Two people are one pair, however many files they have.
* Where one has found that they are one and another that they are two, they come first: somebody
  has to decide.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.casework.duplicates import LIKELY, Likeness, compare
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.same_person import DIFFERENT, SAME, Finding, Pair
from desktop_app.casework.traits import Traits, traits
from storage import joined
from storage.connection import plainly
from storage.likely import further_of, likely
from storage.rows import record_of
from storage.search import Hit
from storage.store import Store

AT_ONCE, MOST = 2_000, 20
_SOME = (
    "SELECT caseload.place, id, form, record.client, audience, author, live, trail"
    " FROM caseload JOIN record ON record.id = caseload.client"
    " WHERE caseload.place > ? ORDER BY caseload.place LIMIT ?"
)
Scored = tuple[RecordId, RecordId, Likeness]


@dataclass(frozen=True, slots=True)
class Some:
    """Some of everybody: their ids and what they are told from others by, and where to go on."""

    ids: tuple[RecordId, ...]
    traits: tuple[Traits, ...]
    after: int


def count(store: Store) -> int:
    """Return how many files there are."""
    held: int = store.rows("SELECT count(*) FROM caseload")[0][0]
    return held


def some(store: Store, *, after: int = 0) -> Some:
    """Return the next files; none when there are no more."""
    rows = store.rows(_SOME, (after, AT_ONCE))
    held = [record_of(row[1:]) for row in rows]
    last = rows[-1][0] if rows else after
    return Some(tuple(one.id for one in held), tuple(_traits(store, held)), last)


def still_open(store: Store, pairs: Iterable[Scored]) -> list[Scored]:
    """Return the pairs of two people nobody has decided about, by who they are shown as.

    The older file comes first in a pair, and the likeliest pair first; before all of them come
    those of whom two people have found different things.
    """
    held = sorted(pairs, key=lambda one: (-one[2].score, one[:2]))
    heads = store.heads({client for one in held for client in one[:2]})
    found: dict[Pair, Scored] = {}
    for pair in sorted(disputed(store), key=sorted):
        one, other = sorted(pair)
        held_here = [client for client in store.records([one, other]) if client.withdrawn is None]
        if len(held_here) == 2:
            found[pair] = (one, other, likeness_of(store, [one], [other]))
    decided = _pairs(store, DIFFERENT)
    for first, second, likeness in held:
        one, other = sorted((heads.get(first, first), heads.get(second, second)))
        if one != other and frozenset({one, other}) not in decided:
            found.setdefault(frozenset({one, other}), (one, other, likeness))
    return list(found.values())


def disputed(store: Store) -> set[Pair]:
    """Return the pairs of people somebody has found to be one, and somebody to be two."""
    both = _pairs(store, SAME) & _pairs(store, DIFFERENT)
    return {pair for pair in both if len(pair) == 2}


def perhaps(store: Store, client: RecordId, *, limit: int) -> list[Hit]:
    """Return who else a client is likely to be, the likeliest first, of whom nobody has said no."""
    files = store.whole(client)
    known = further_of(store, files)
    found = {
        hit.client.id: hit
        for file in store.records(files)
        for hit in likely(
            store,
            file.answers,
            limit=MOST,
            further=known.get(file.id, ()),
            least=LIKELY,
            but=files,
        )
    }
    apart = _pairs(store, DIFFERENT) - disputed(store) if found else set()
    open_ = (hit for other, hit in found.items() if frozenset({files[0], other}) not in apart)
    return list(open_)[:limit]


def likeness_of(store: Store, one: Collection[RecordId], other: Collection[RecordId]) -> Likeness:
    """Return how alike two people are: the two of their files that are most alike."""
    sides = [list(_traits(store, store.records(sorted(side)))) for side in (one, other)]
    found = (compare(mine, theirs) for mine in sides[0] for theirs in sides[1])
    return max(found, key=lambda likeness: likeness.score)


def _traits(store: Store, files: Sequence[Record]) -> Iterator[Traits]:
    known = further_of(store, [one.id for one in files])
    return (traits(one.answers, known.get(one.id, ())) for one in files)


def said_of(store: Store, one: Collection[RecordId], other: Collection[RecordId]) -> list[Finding]:
    """Return what was found of any file of one person and any of another, earliest first."""
    with plainly():
        said = joined.found(store.db)
    return [each for each in said if len(each.pair & {*one}) == len(each.pair & {*other}) == 1]


def apart_from(store: Store, client: RecordId) -> list[Finding]:
    """Return by what a client was found to be another person than somebody, the latest first."""
    files = {*store.whole(client)}
    with plainly():
        said = joined.found(store.db)
    held = [one for one in said if one.finding == DIFFERENT and len(one.pair & files) == 1]
    return held[::-1]


def _pairs(store: Store, finding: str) -> set[Pair]:
    """Return the pairs of people somebody has found to be that, by who they are shown as."""
    with plainly():
        said = [one.pair for one in joined.found(store.db) if one.finding == finding]
    heads = store.heads({client for pair in said for client in pair})
    return {frozenset(heads.get(one, one) for one in pair) for pair in said}
