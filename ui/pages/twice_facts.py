# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was written twice, gathered from the vault: the list, and one question in full.

Rules, each with a test:

* The list names questions and people and no answer. An answer is shown only once its record is
  opened, and that is written to the audit like any look at a record.
* What somebody may not read is not on this laptop, so it is neither listed nor counted.
* Whoever coordinates is shown all that is open; everybody else what they answered themselves and
  what is about the clients they stand by.
* What was settled is told to whoever answered otherwise, for a while, until they have read it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.forms import forms
from desktop_app.casework.limits import limits
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.readings import read
from desktop_app.casework.recorded import Window
from desktop_app.casework.records import Answers, Dot, Json, Record, RecordId
from desktop_app.casework.settling import Settled, objections, told_people
from desktop_app.casework.twice import Question, answered, asked, questions, together
from storage import reads, settlings
from storage.store import Store
from sync.knowing import Wrote, answers_at, wrote
from sync.recorded import recorded
from ui.authors import people_by_feed
from ui.pages.today_read import read_here


@dataclass(frozen=True, slots=True)
class Matter:
    """One question to settle, or that was settled otherwise than somebody answered.

    Attributes:
        record: the record it stands in.
        differ: the fields in which its answers differ.
        people: person ids of who answered, each once.
        name: the client's name.
        settled: what tells that it was settled, when it was.
        objectors: person ids of who objects to that, so that it is open again.
        mine: what the reader had answered, where they are told of what was settled.
    """

    record: Record
    differ: tuple[str, ...]
    people: tuple[str, ...]
    name: str
    settled: Record | None = None
    objectors: tuple[str, ...] = ()
    mine: Mapping[str, Json] = field(default_factory=dict)

    @property
    def objected(self) -> bool:
        """Say whether what was settled is objected to."""
        return bool(self.objectors)

    @property
    def open(self) -> bool:
        """Say whether somebody still has to settle it."""
        return self.settled is None or self.objected

    @property
    def key(self) -> str:
        """Return which it is, from one look to the next."""
        of = self.settled.id.hex() if self.settled else self.differ[0]
        return f"{self.record.id.hex()}:{of}"

    @property
    def ids(self) -> tuple[RecordId, ...]:
        """Return the records by which somebody may ask for it."""
        return (self.record.id, *([self.settled.id] if self.settled else []))

    @property
    def asked(self) -> str:
        """Return what was asked, in words."""
        return asked(self.record, self.differ)


@dataclass(frozen=True, slots=True)
class Whole:
    """One question in full.

    Attributes:
        matter: which.
        client: the client's own record; None where it is about nobody.
        question: its answers.
        wrote: who wrote them, when, and from what.
        authors: person id behind every feed.
        open_still: what was settled of it before and is objected to.
        settled_in: between which times it was settled, whatever a clock said; None for not yet.
    """

    matter: Matter
    client: Record | None
    question: Question
    wrote: Mapping[Dot, Wrote]
    authors: Mapping[int, str]
    open_still: tuple[Record, ...] = ()
    settled_in: Window | None = None


def matters(
    store: Store, me: Person, team: Team, today: date, *, client: RecordId | None = None
) -> list[Matter]:
    """Return what is open, the latest first, then what was settled otherwise than they answered.

    Args:
        store: the vault.
        me: who looks.
        team: the people behind the laptops.
        today: the local day.
        client: only this client's.
    """
    store.count_again()  # who stands by whom may have changed with what has just come
    authors = people_by_feed(store, team)
    everything = Role.COORDINATOR in me.roles or client is not None
    found = open_now(store, authors)
    shown = [one for one in found if everything or is_theirs(store, me, one)]
    shown += told(store, me, authors, today)
    whose = store.whole(client) if client is not None else []
    return [one for one in shown if client is None or one.record.client in whose]


def open_now(store: Store, authors: Mapping[int, str]) -> list[Matter]:
    """Return every question somebody still has to settle, as far as this laptop may hold it."""
    return [*_conflicts(store, authors), *_objected(store, authors)]


def is_theirs(store: Store, me: Person, matter: Matter) -> bool:
    """Say whether a question concerns somebody: they answered it, or stand by the client."""
    client = matter.record.client
    return me.id in matter.people or bool(client and reads.works_with(store, me.id, client))


def told(store: Store, me: Person, authors: Mapping[int, str], today: date) -> list[Matter]:
    """Return what was settled lately otherwise than somebody answered, and they have not read."""
    since = today - timedelta(days=limits().twice.settled_told)
    found, done = [], read_here(store)
    newest = set[tuple[bytes | None, tuple[str, ...]]]()
    for one in settlings.settled_since(store, since.isoformat()):
        settled = read(Settled, one)
        if (settled.of, settled.fields) in newest:  # it was settled anew since
            continue
        newest.add((settled.of, settled.fields))
        if me.id not in told_people(settled, authors) or one.id.hex() in done or objections(one):
            continue
        record = store.record(settled.of) if settled.of else None
        if record is None or record.withdrawn is not None or record.audience != one.audience:
            continue
        if set(settled.fields) & record.conflicts.keys():  # two settled it apart: it is open
            continue
        mine = [dot for dot in settled.dots if authors.get(dot.feed) == me.id]
        said: Answers = {}
        for live in answers_at(store, record, mine):
            said |= live.answers
        if any(said.get(name) != record.answers.get(name) for name in settled.fields):
            found.append(replace(_matter(store, record, settled, authors), mine=said))
    return found


def whole(store: Store, matter: Matter, team: Team) -> Whole | None:
    """Return one question in full, as it now stands; None when it is no longer there."""
    record = store.record(matter.record.id)
    if record is None or record.withdrawn is not None:
        return None
    settled = store.record(matter.settled.id) if matter.settled else None
    question = _question(store, record, matter, settled)
    if question is None:
        return None
    before = tuple(
        one
        for one in settlings.settled(store, record)
        if objections(one) and set(read(Settled, one).fields) & set(question.fields)
    )
    lives = [live for given in question.given for live in given.by]
    authors = people_by_feed(store, team)
    objectors = (live.feed for live in objections(settled)) if settled else ()
    now = replace(
        matter,
        record=record,
        differ=question.differ,
        settled=settled,
        objectors=_people(objectors, authors),
    )
    return Whole(
        now,
        reads.client(store, record.client) if record.client else None,
        question,
        wrote(store, record, lives, question.fields),
        authors,
        before,
        _settled_in(store, settled) if settled else None,
    )


def _settled_in(store: Store, settled: Record) -> Window | None:
    """Return when a question was settled: what was objected to since has times of its own."""
    own = [live for live in settled.live if "how" in live.answers]
    return recorded(store, max(own, key=lambda live: live.stamp)) if own else None


def listed_of(found: Sequence[Matter]) -> Sight | None:
    """Return what the list shows, for the audit; None for nothing."""
    return sight("twice", [one.record for one in found]) if found else None


def shown_of(shown: Whole | None) -> Sight | None:
    """Return what one question in full shows, for the audit."""
    if shown is None:
        return None
    record = shown.matter.record
    return sight("record", [record], clients=[record.client] if record.client else [])


def _conflicts(store: Store, authors: Mapping[int, str]) -> list[Matter]:
    found: list[Matter] = []
    held = reads.conflicts(store)
    before = settlings.settled_since(store, "") if held else []
    for record in held:
        name = _name(store, record)
        for one in questions(record):
            feeds = [live.feed for given in one.given for live in given.by]
            # Two settled it apart: it is of those as well whose answers it stood between at first.
            feeds += [dot.feed for dot in _stood_between(record, one.differ, before)]
            found.append(Matter(record, one.differ, _people(feeds, authors), name))
    return found


def _stood_between(
    record: Record, differ: Sequence[str], before: Iterable[Record]
) -> Iterator[Dot]:
    for one in before:
        if one.client == record.client and one.audience == record.audience:
            settled = read(Settled, one)
            if settled.of == record.id and set(settled.fields) & set(differ):
                yield from settled.dots


def _objected(store: Store, authors: Mapping[int, str]) -> list[Matter]:
    found = []
    for one in settlings.objected(store):
        settled = read(Settled, one)
        record = store.record(settled.of) if settled.of else None
        if record is None or record.withdrawn is not None or record.audience != one.audience:
            continue
        if not set(settled.fields) & record.conflicts.keys():  # it is open as a conflict anyway
            found.append(_matter(store, record, settled, authors))
    return found


def _matter(store: Store, record: Record, settled: Settled, authors: Mapping[int, str]) -> Matter:
    people = _people((dot.feed for dot in settled.dots), authors)
    objectors = _people((live.feed for live in objections(settled.record)), authors)
    if objectors:
        people = tuple(dict.fromkeys([*people, settled.record.author]))
    name = _name(store, record)
    return Matter(record, settled.fields, people, name, settled.record, objectors)


def _question(
    store: Store, record: Record, matter: Matter, settled: Record | None
) -> Question | None:
    """Return the question as it now stands: open in the record, or as it was settled."""
    for one in questions(record):
        if set(one.differ) & set(matter.differ):
            return one
    if settled is None:
        return None
    said = read(Settled, settled)
    fields = together(forms().get(record.form), said.fields[0]) if said.fields else ()
    now = [live for live in record.live if not live.answers.keys().isdisjoint(said.fields)]
    lives = {live.stamp: live for live in [*answers_at(store, record, said.dots), *now]}
    given = answered([lives[stamp] for stamp in sorted(lives)], fields, record.answers)
    return Question(record, fields, said.fields, given) if given else None


def _people(feeds: Iterable[int], authors: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(authors.get(feed, "") for feed in feeds))


def _name(store: Store, record: Record) -> str:
    client = reads.client(store, record.client) if record.client else None
    return full_name(client.answers) if client else ""
