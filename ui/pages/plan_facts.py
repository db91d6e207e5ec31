# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the plan page shows of a client, gathered from the vault in one go and drawn there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.casework import assignments
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.care_plan import PlanOf, plan_of
from desktop_app.casework.outcome_pack_file import YES_NO
from desktop_app.casework.outcome_packs import FORM as PACK
from desktop_app.casework.outcome_packs import Packs, packs
from desktop_app.casework.outcomes import (
    FORM,
    FormDue,
    Trend,
    form_due,
    is_better,
    trend_words,
    trends,
)
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.words import _
from desktop_app.reports.chart import FOR_SCREEN, drawing, for_screen
from storage import reads
from storage.store import Store
from ui.kit.course import Drawn
from ui.pages.client_file import ClientFile, client_file
from ui.pages.client_reads import STANDS
from ui.team_limits import limits_of

PLAN_FORMS = (*STANDS, "assessment", "goal", FORM, "health_assessment", "review")
"""Forms the page is made from."""
WIDE, HIGH = 300, 84
"""A drawing for the screen, in points."""
FEW = 2
"""Courses on the client page; the others stand on the plan."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan, ready to show.

    Attributes:
        file: the client's file, for the banner.
        plan: their plan.
        trends: how the last weeks went.
        drawn: the same, drawn; those that have numbers.
        due: the form on the last four weeks that comes next.
        worker: person id of their key worker; empty for none.
    """

    file: ClientFile
    plan: PlanOf
    trends: tuple[Trend, ...]
    drawn: tuple[Drawn, ...]
    due: FormDue | None
    worker: str

    def record(self, record: RecordId) -> Record | None:
        """Return one of the records it is made from."""
        return next((one for one in self.file.records if one.id == record), None)


def question(client: RecordId, team: Team, now: datetime) -> Callable[[Store], PlanFacts | None]:
    """Return what to ask the vault for the plan of a client."""

    def ask(store: Store) -> PlanFacts | None:
        record = reads.client(store, client)
        if record is None:
            return None
        held = reads.standing(store, client, forms=PLAN_FORMS, near=(), since="")
        return gathered(store, record, held, team, now)

    return ask


def gathered(
    store: Store, client: Record, held: Sequence[Record], team: Team, now: datetime
) -> PlanFacts:
    """Return the plan of a client whose records are at hand."""
    limits, on = limits_of(store), now.date()
    file = client_file(client, held, team, now=now)
    standing = file.records
    gone = tuple(trends(standing, packs_of(store))) if _has_forms(standing) else ()
    return PlanFacts(
        file,
        plan_of(standing, on, limits),
        gone,
        tuple(drawn(one, on) for one in gone if one.answered),
        form_due(standing, on, limits),
        assignments.worker_on(standing, assignments.KEY_WORKER, on),
    )


@dataclass(frozen=True, slots=True)
class Weeks:
    """How somebody's last weeks went: what is drawn, and the forms it is drawn from."""

    drawn: tuple[Drawn, ...] = ()
    records: tuple[Record, ...] = ()


def weeks_of(store: Store, client: RecordId, on: date) -> Weeks:
    """Return the courses in which most has changed, for the client page."""
    held = reads.standing(store, client, forms=(FORM,), near=(), since="")
    held = [one for one in held if one.form == FORM and one.withdrawn is None]
    told = most_changed(trends(held, packs_of(store)))[:FEW] if held else []
    return Weeks(tuple(drawn(one, on) for one in told), tuple(held) if told else ())


def most_changed(some: Sequence[Trend]) -> list[Trend]:
    """Return the trends that go from one number to another, those in which most has changed first.

    A yes that became a no comes after them: how much that is cannot be said.
    """

    def changed(trend: Trend) -> tuple[bool, float]:
        known, (least, most) = trend.answered, trend.item.span
        by = abs((known[-1].value or 0) - (known[0].value or 0)) / (most - least)
        return trend.item.type != YES_NO, by

    return sorted((one for one in some if len(one.answered) > 1), key=changed, reverse=True)


def packs_of(store: Store) -> Packs:
    """Return the packs of questions this laptop knows; those taken back as well."""
    return packs(reads.records(store, form=PACK, withdrawn=True))


def drawn(trend: Trend, on: date, *, wide: int = WIDE, high: int = HIGH) -> Drawn:
    """Return a trend drawn for the screen."""
    made = drawing(trend, on=on, width=wide, height=high, ink=FOR_SCREEN, size=9)
    better = _("Better") if is_better(trend) else ""
    words = trend_words(trend, on)
    return Drawn(_(trend.item.label), words, for_screen(made), wide, high, better)


def shown_of(facts: PlanFacts | None, how: str = "plan") -> Sight | None:
    """Return what the page shows, for the audit; None for a client who is not held."""
    if facts is None:
        return None
    return sight(how, facts.file.records, clients=[facts.file.client.id])


def _has_forms(records: Sequence[Record]) -> bool:
    return any(one.form == FORM for one in records)
