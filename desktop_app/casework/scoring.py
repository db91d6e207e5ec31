# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores: points for each criterion, their total, what stood before. A score proposes, no more.

Rules, each with a test:

* The total follows from the points and the criteria alone, in whatever order they arrived.
* What protects counts down, however its points were written.
* At or above the threshold somebody is proposed, unless the score was set aside with a reason;
  either way people decide.
* Every score says on what evidence and from where. Where its words are with the nurse or the
  police, everybody else reads that they are, and no more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.matrix import Criterion, Version
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.superseding import latest, standing
from desktop_app.casework.words import _, ngettext

IN, OUT = "in", "out"
FORMS = ("scoring", "score", "evidence")


@dataclass(frozen=True, slots=True)
class Scoring:
    """What these rules need of a whole score."""

    form: ClassVar[str] = "scoring"
    record: Record
    matrix: bytes | None
    criteria: str
    scored_on: date | None
    total: int | None
    threshold: int | None
    override: str
    override_reason: str
    supersedes: bytes | None

    @property
    def reaches(self) -> bool:
        """Say whether the total is at or above the threshold."""
        return (self.total or 0) >= (self.threshold or 0)

    @property
    def proposes(self) -> bool:
        """Say whether somebody is proposed: by the total, or because it was set aside."""
        if self.override_reason.strip() and self.override in (IN, OUT):
            return self.override == IN
        return self.reaches

    @property
    def words(self) -> str:
        """Return it in words: "14, threshold 12"."""
        said = _("%(total)d, threshold %(threshold)d") % {
            "total": self.total or 0,
            "threshold": self.threshold or 0,
        }
        if self.override_reason.strip() and self.override in (IN, OUT):
            aside = codes("score_override").find(self.override)
            return f"{said}. {_(aside.short) if aside else ''}"
        return said


@dataclass(frozen=True, slots=True)
class Score:
    """What these rules need of the points for one criterion."""

    form: ClassVar[str] = "score"
    record: Record
    scoring: bytes | None
    criterion: bytes | None
    points: int | None
    evidence: str
    source: str
    kept_with: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What these rules need of evidence that is kept back."""

    form: ClassVar[str] = "evidence"
    record: Record
    score: bytes | None
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of a score, with what stood before.

    Attributes:
        criterion: what is asked.
        now: its score; None while there is none.
        before: its score the time before; None when it was not asked then.
    """

    criterion: Criterion
    now: Score | None
    before: Score | None

    @property
    def change(self) -> int | None:
        """Return by how much it counts more than before; None when one of them is missing."""
        now, before = _counted(self.criterion, self.now), _counted(self.criterion, self.before)
        return None if now is None or before is None else now - before


def scorings(records: Iterable[Record]) -> list[Scoring]:
    """Return the scores nobody has taken the place of, earliest first."""
    return standing(read_all(Scoring, records), _scored_on)


def scoring_now(records: Iterable[Record]) -> Scoring | None:
    """Return the score that counts; None when there is none."""
    return latest(read_all(Scoring, records), _scored_on)


def scoring_before(records: Iterable[Record], of: Scoring) -> Scoring | None:
    """Return the score that counted before one; None when there was none."""
    every = sorted(read_all(Scoring, records), key=_place)
    linked = next((one for one in every if one.record.id == of.supersedes), None)
    earlier = [one for one in every if _place(one) < _place(of)]
    return linked or (earlier[-1] if earlier else None)


def scores_of(scoring: Scoring | None, records: Iterable[Record]) -> Mapping[bytes, Score]:
    """Return the points of one score by criterion; of two for one the one made later."""
    if scoring is None:
        return {}
    found = [one for one in read_all(Score, records) if one.scoring == scoring.record.id]
    return {one.criterion or b"": one for one in sorted(found, key=lambda one: one.record.id)}


def lines(
    version: Version,
    now: Mapping[bytes, Score],
    before: Mapping[bytes, Score],
    was: Version | None = None,
) -> list[Line]:
    """Return every criterion of a version with its points, and those of the time before.

    Args:
        version: the criteria.
        now: points by criterion.
        before: points of the score before, by criterion of the version it was made by.
        was: that version, where it is another one: questions of the same words are compared.
    """
    by_words = {_plain(one.question): one.record.id for one in was.criteria} if was else {}
    found = []
    for one in version.criteria:
        earlier = before.get(one.record.id)
        if earlier is None and was is not None:
            earlier = before.get(by_words.get(_plain(one.question), b"-"))
        found.append(Line(one, now.get(one.record.id), earlier))
    return found


def total(criteria: Iterable[Criterion], points: Mapping[bytes, int]) -> int:
    """Return what points add up to; what was not answered counts nothing."""
    return sum(one.counted(points[one.record.id]) for one in criteria if one.record.id in points)


def total_words(reached: int, threshold: int) -> str:
    """Return how a total stands to the threshold: "2 points below the threshold of 12"."""
    away, said = reached - threshold, {"n": abs(reached - threshold), "t": threshold}
    if away == 0:
        return _("at the threshold of %(t)d") % said
    if away > 0:
        return (
            ngettext(
                "%(n)d point above the threshold of %(t)d",
                "%(n)d points above the threshold of %(t)d",
                away,
            )
            % said
        )
    return (
        ngettext(
            "%(n)d point below the threshold of %(t)d",
            "%(n)d points below the threshold of %(t)d",
            -away,
        )
        % said
    )


def evidence_words(score: Score, records: Iterable[Record]) -> str:
    """Return on what evidence points stand, as far as its reader holds it."""
    if not score.kept_with:
        return score.evidence.strip()
    held = [one for one in read_all(Evidence, records) if one.score == score.record.id]
    if held:
        return max(held, key=lambda one: one.record.id).words.strip()
    return kept_words(score.kept_with)


def kept_words(kept_with: str) -> str:
    """Return what everybody else reads in place of evidence that is kept back."""
    return {
        "health": _("Evidence with the nurse"),
        "police": _("Evidence with the police"),
    }.get(kept_with, _("Evidence kept back"))


def _scored_on(one: Scoring) -> date | None:
    return one.scored_on


def _place(one: Scoring) -> tuple[date, int, bytes]:
    return (one.scored_on or date.min, one.record.recorded_at, one.record.id)


def _counted(criterion: Criterion, score: Score | None) -> int | None:
    if score is None or score.points is None:
        return None
    return criterion.counted(score.points)


def _plain(question: str) -> str:
    return " ".join(question.casefold().split())
