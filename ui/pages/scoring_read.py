# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the page of a score asks the vault, and what it saves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.choosing import Capacity
from desktop_app.casework.matrix import Criterion, Standing, Version, in_force, standing, versions
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Edit, Record, RecordId, link
from desktop_app.casework.scoring import (
    FORMS,
    Line,
    Score,
    Scoring,
    lines,
    scores_of,
    scoring_now,
    total,
)
from desktop_app.casework.words import _
from storage import reads
from storage.store import Store
from ui.pages.choosing_read import room
from ui.session import Session

NEAR, SINCE = ("appointment",), timedelta(days=28)
_SOURCES = (*FORMS, "arrest")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known.

    Attributes:
        client: whom it is about; None when this laptop does not hold them.
        records: theirs a score is read from.
        version: the criteria in force; None while there are none.
        lacking: how the latest version stands, where none is in force.
        capacity: how much room there is.
        before: the score that counts now.
        lines: the criteria, each with its points of the time before.
    """

    client: Record | None = None
    records: tuple[Record, ...] = ()
    version: Version | None = None
    lacking: Standing | None = None
    capacity: Capacity = field(default_factory=lambda: Capacity(None, 0))
    before: Scoring | None = None
    lines: tuple[Line, ...] = ()

    def for_all(self) -> "Facts":
        """Return it with only those records that all partners may read."""
        return replace(self, records=tuple(r for r in self.records if r.audience == PARTNERS))


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives for one criterion."""

    points: int | None = None
    evidence: str = ""
    source: str = ""
    kept_with: str = ""


def shown_of(facts: Facts) -> Sight | None:
    """Return what the page shows, for the audit; None for a client who is not held."""
    if facts.client is None:
        return None
    return sight("client", facts.records, clients=[facts.client.id])


def shown_in_room(facts: Facts) -> Sight | None:
    """Return what the page shows to the room of a forum, for the audit."""
    if facts.client is None:
        return None
    return sight("forum", facts.records, clients=[facts.client.id])


def gather(
    store: Store, client: RecordId, team: Team, day: date, *, in_a_room: bool = False
) -> Facts:
    """Return what is known, in a room what all may read. Asked on the store's thread."""
    found = _gather(store, client, team, day, in_a_room=in_a_room)
    return found.for_all() if in_a_room else found


def _gather(store: Store, client: RecordId, team: Team, day: date, *, in_a_room: bool) -> Facts:
    found = reads.client(store, client)
    if found is None:
        return Facts()
    since = (day - SINCE).isoformat()
    held = reads.standing(store, client, forms=_SOURCES, near=NEAR, since=since)
    standing_now = [one for one in held if one.withdrawn is None]
    known = room(store, day, for_all=in_a_room)
    version = in_force(known.team, team)
    every = versions(known.team)
    before = scoring_now(standing_now)
    records = (found, *standing_now)
    if version is None:
        latest = standing(every[-1], known.team, team) if every else None
        return Facts(found, records, lacking=latest, capacity=known.capacity, before=before)
    was = next((one for one in every if before and one.id == before.matrix), None)
    earlier = scores_of(before, standing_now)
    return Facts(
        found,
        records,
        version,
        None,
        known.capacity,
        before,
        tuple(lines(version, {}, earlier, was)),
    )


def points_of(given: Mapping[RecordId, Given]) -> dict[RecordId, int]:
    """Return the points that were given, by criterion."""
    return {key: one.points for key, one in given.items() if one.points is not None}


def lacks(criterion: Criterion, given: Given) -> str:
    """Return what a criterion still lacks, in words; empty when nothing."""
    if given.points is None:
        return _("%(question)s: choose an answer.") % {"question": criterion.question}
    if not given.evidence.strip() or not given.source:
        words = _("%(question)s: say on what evidence, and from where.")
        return words % {"question": criterion.question}
    return ""


def edits(
    session: Session,
    facts: Facts,
    given: Mapping[RecordId, Given],
    more: Answers,
) -> list[Edit]:
    """Return what is saved: the score, its points, and what is kept with some of them.

    Args:
        session: who scores.
        facts: what is known.
        given: points and evidence of every criterion.
        more: whether and why the score is set aside.
    """
    client, version = facts.client, facts.version
    if client is None or version is None:
        return []
    head: Answers = {
        "matrix": link(version.id),
        "criteria": version.called,
        "scored_on": session.today().isoformat(),
        "total": total(version.criteria, points_of(given)),
        "threshold": version.threshold,
        **more,
    }
    if facts.before is not None:
        head["supersedes"] = link(facts.before.record.id)
    scoring = session.edit("scoring", head, client=client.id)
    make = _scores(session, client.id, scoring.record)
    return [scoring, *(one for key, each in given.items() for one in make(key, each))]


def _scores(
    session: Session, client: RecordId, scoring: RecordId
) -> Callable[[RecordId, Given], list[Edit]]:
    def made(criterion: RecordId, given: Given) -> list[Edit]:
        kept = given.kept_with
        answers: Answers = {
            "scoring": link(scoring),
            "criterion": link(criterion),
            "points": given.points,
            "source": given.source,
            **({"kept_with": kept} if kept else {"evidence": given.evidence.strip()}),
        }
        score = session.edit("score", answers, client=client)
        if not kept:
            return [score]
        words: Answers = {"score": link(score.record), "words": given.evidence.strip()}
        return [score, session.edit("evidence", words, client=client, narrowed_to=kept)]

    return made


def before_words(score: Score | None, criterion: Criterion) -> str:
    """Return how many points counted the time before, in words."""
    if score is None or score.points is None:
        return _("not asked before")
    return _("%(n)d before") % {"n": criterion.counted(score.points)}
