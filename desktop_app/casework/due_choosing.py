# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The boards of choosing: nominated, not told yet, eligible and not included.

Rules, each with a test:

* A nomination stands until it is decided; one put off stands with its day, and is late after it.
* Whoever is on the programme and was not told stands until somebody has told them.
* Those not included stand as carefully as the others: why, by what score, when they are looked at
  again, and what is missing of them.
"""

from datetime import date

from desktop_app.casework.board import Board, Known
from desktop_app.casework.choosing import (
    FORMS,
    NOT_INCLUDE,
    Choosing,
    Decision,
    Nomination,
    Stage,
    choosing,
    open_nominations,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.completeness import not_included as completeness
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, Piece, open_file, pieces
from desktop_app.casework.readings import read_all
from desktop_app.casework.targeting import DEMAND, NOT_INCLUDED, places
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _, ngettext

READ = frozenset(FORMS)
_DECIDE, _SCORE = "to_decide", "score"


def nominated() -> Board:
    """Return the board of nominations nobody has decided about."""
    return Board(
        "nominated",
        _("Nominated"),
        _("Put forward and not decided about; the score proposes, the partners decide."),
        _("No nomination that has reached this laptop waits for a decision."),
        "user-plus",
        READ,
        _nominated_from,
        _nominated,
    )


def not_told() -> Board:
    """Return the board of those on the programme whom nobody has told."""
    return Board(
        "not_told",
        _("Not told yet"),
        _("On the programme, and not told so by anybody yet."),
        _("Nobody on the programme is still to be told, as far as it has reached this laptop."),
        "message-square-quote",
        READ,
        _not_told_from,
        _not_told,
    )


def not_included() -> Board:
    """Return the board of those who were eligible and are not included."""
    return Board(
        "not_included",
        _("Eligible, not included"),
        _("Meets the criteria, not on the programme: why not, and when it is looked at again."),
        _("Nobody is on the list of those eligible and not included."),
        "user-x",
        READ,
        _aside_from,
        _aside,
    )


def _nominated_from(file: CaseFile, known: Known) -> date | None:
    return known.day if open_nominations(file.records) else None


def _nominated(file: CaseFile, look: Look) -> list[Due]:
    stands = choosing(file.records, look.day)
    if stands.stage not in (Stage.NOMINATED, Stage.LATER):
        return []
    first = stands.nominations[0]
    days = (look.day - (first.nominated_on or look.day)).days
    review = stands.decision.review_on if stands.decision and _later(stands) else None
    late = review < look.day if review else days > look.limits.choosing.nominated
    return [
        Due(
            Group.NEEDS,
            "nominated",
            file.client.id,
            first.record.id,
            file.name,
            because=_nominated_because(first, review, look),
            chips=tuple(_score_chips(stands)),
            answers=(
                Answer(_DECIDE, _("Decide"), "D"),
                Answer(_SCORE, _("Score"), "C"),
                open_file(),
            ),
            big=str(max(0, days)),
            beneath=ngettext("day", "days", days),
            row_tone="warn" if late else "",
            late=late,
            order=(-days,),
        )
    ]


def _later(stands: Choosing) -> bool:
    return stands.stage is Stage.LATER


def _nominated_because(first: Nomination, review: date | None, look: Look) -> tuple[Piece, ...]:
    values = {
        "who": look.team.name_of(first.nominated_by),
        "agency": first.agency,
        "why": first.why.strip() or codes("cohort").label(first.cohort),
        "day": say_short(review.isoformat(), look.day) if review else "",
    }
    if review is not None:
        return pieces(
            _("because it was put off until **%(day)s**. %(who)s nominated them: %(why)s"), values
        )
    if first.agency:
        return pieces(_("because %(who)s, %(agency)s, nominated them: **%(why)s**"), values)
    return pieces(_("because %(who)s nominated them: **%(why)s**"), values)


def _score_chips(stands: Choosing) -> list[Chip]:
    score = stands.scoring
    if score is None:
        return [Chip(_("No score yet"), "warn", "scale")]
    words = _("Score %(score)s") % {"score": score.words}
    return [Chip(words, "info" if score.proposes else "neutral", "scale")]


def _not_told_from(file: CaseFile, known: Known) -> date | None:
    days = [
        max(one.started_on, known.day)
        for one in places(file.records, DEMAND)
        if one.started_on and not one.told_on and not (one.ended_on and one.ended_on <= known.day)
    ]
    return min(days, default=None)


def _not_told(file: CaseFile, look: Look) -> list[Due]:
    stands = choosing(file.records, look.day)
    place = stands.place
    if stands.stage is not Stage.NOT_TOLD or place is None or place.started_on is None:
        return []
    days = (look.day - place.started_on).days
    late = days > look.limits.choosing.told_within
    words = _("because they are on the programme since **%(day)s** and nobody has told them")
    return [
        Due(
            Group.NEEDS,
            "not_told",
            file.client.id,
            place.record.id,
            file.name,
            because=pieces(words, {"day": say_short(place.started_on.isoformat(), look.day)}),
            answers=(Answer("told", _("Told"), "T"), open_file()),
            big=str(days),
            beneath=ngettext("day", "days", days),
            row_tone="warn" if late else "",
            late=late,
            order=(-days,),
        )
    ]


def _aside_from(file: CaseFile, known: Known) -> date | None:
    days = [
        max(one.started_on, known.day)
        for one in places(file.records, NOT_INCLUDED)
        if one.started_on and not (one.ended_on and one.ended_on <= known.day)
    ]
    if any(one.about == NOT_INCLUDE for one in read_all(Decision, file.records)):
        days.append(known.day)
    return min(days, default=None)


def _aside(file: CaseFile, look: Look) -> list[Due]:
    stands = choosing(file.records, look.day)
    if stands.stage is not Stage.NOT_INCLUDED:
        return []
    decision = stands.decision if stands.decision and stands.decision.about == NOT_INCLUDE else None
    review = decision.review_on if decision else None
    late = review is not None and review < look.day
    away = (review - look.day).days if review else 10_000
    return [
        Due(
            Group.NEEDS,
            "not_included",
            file.client.id,
            stands.place.record.id if stands.place else b"",
            file.name,
            because=_aside_because(stands, decision, look),
            chips=(*_score_chips(stands), *_gaps(file)),
            answers=(
                Answer(_DECIDE, _("Decide"), "D"),
                Answer("nominate", _("Nominate again"), "N"),
                open_file(),
            ),
            icon="user-x",
            tone="neutral",
            row_tone="warn" if late else "",
            late=late,
            order=(away,),
        )
    ]


def _aside_because(stands: Choosing, decision: Decision | None, look: Look) -> tuple[Piece, ...]:
    place = stands.place
    why = decision.reason if decision else place.not_included_because if place else ""
    since = place.started_on if place else decision.decided_on if decision else None
    review = decision.review_on if decision else None
    values = {
        "why": codes("not_included").label(why) if why else _("no reason is written down"),
        "since": say_short(since.isoformat(), look.day) if since else _("some time ago"),
        "day": say_short(review.isoformat(), look.day) if review else "",
    }
    if review is None:
        words = _("because since %(since)s: **%(why)s**. No day is set to look at it again")
        return pieces(words, values)
    if review < look.day:
        words = _("because **it was to be looked at again by %(day)s**. Since %(since)s: %(why)s")
        return pieces(words, values)
    return pieces(_("because since %(since)s: **%(why)s**. Looked at again on %(day)s"), values)


def _gaps(file: CaseFile) -> list[Chip]:
    found = completeness(file.client, file.records)
    if found is None or not found.missing:
        return []
    labels = ", ".join(dict.fromkeys(one.label for one in found.missing))
    return [Chip(_("Missing: %(labels)s") % {"labels": labels}, "warn", "circle-help")]
