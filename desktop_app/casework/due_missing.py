# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The board of what is missing: of whom which answer of a list is not there, and what for.

Rules, each with a test:

* Somebody has a row for each record of theirs that lacks an answer a list demands (R59, R62, R63);
  one answer that several lists demand is asked for once.
* It says what is missing and what that answer is for; it opens the form at that question.
* Of each answer it is counted how many are there of how many that are wanted: people, places on a
  list, arrests, charges, each by itself. Who has died is counted, and asked nothing more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.casework import completeness
from desktop_app.casework.audience import may_write
from desktop_app.casework.board import Board, Known
from desktop_app.casework.completeness import Completeness, Missing
from desktop_app.casework.dates import as_date, say_short
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    ask_them,
    open_file,
    pieces,
)
from desktop_app.casework.forms import form
from desktop_app.casework.records import Record
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

NAME = "missing"
FORMS = frozenset({"cohort", "arrest"})
LISTS = (completeness.enforcement, completeness.outreach, completeness.not_included)
"""The three lists, in the order of the guide."""
SHOWN = (
    *(("client", name) for name in ("surname", "born")),
    *(("cohort", name) for name in ("started_on", "ended_on", "operation")),
    *(("arrest", name) for name in completeness.ARREST),
    *(("cohort", name) for name in ("score", "not_included_because")),
)
"""The answers that are counted, as they are shown; a name is one, of its two parts."""


@dataclass(frozen=True, slots=True)
class Count:
    """Of one answer, how many are there of how many that are wanted."""

    label: str
    there: int
    wanted: int
    of: str

    @property
    def words(self) -> str:
        """Return it in words: "21 of 24 people"."""
        said = {"there": self.there, "wanted": self.wanted, "of": self.of}
        return _("%(there)d of %(wanted)d %(of)s") % said

    @property
    def whole(self) -> bool:
        """Say whether none is missing."""
        return self.there == self.wanted


def board() -> Board:
    """Return the board."""
    return Board(
        NAME,
        _("What is missing"),
        _("Answers the lists need before anything can be shown to work. It asks, and blocks none."),
        _("No answer the three lists need is missing, of those this laptop holds."),
        "clipboard-list",
        FORMS,
        from_day,
        rows,
        section=lambda due: _titles()[due.order[0]],
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client lacks an answer: at once, or not at all."""
    return known.day if any(_lacking(file)) else None


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return a row for each record of a client's that lacks an answer."""
    found: dict[bytes, tuple[int, list[Missing]]] = {}
    for rank, one in _lacking(file):
        held = found.setdefault(one.record.id, (rank, []))[1]
        if one.field not in [each.field for each in held]:
            held.append(one)
    return [_due(rank, some, file, look) for rank, some in found.values()]


def measured(file: CaseFile) -> list[Completeness | None]:
    """Return how complete each of the three lists is for somebody; None for one they are not on."""
    return [of(file.client, file.records) for of in LISTS]


def counts(files: Iterable[CaseFile]) -> tuple[Count, ...]:
    """Return of each answer how many are there, of everybody's together."""
    total: dict[tuple[str, str], list[int]] = {}
    for file in files:
        for each, (there, wanted) in _of_one(file).items():
            held = total.setdefault(each, [0, 0])
            held[0] += there
            held[1] += wanted
    return tuple(
        Count(_label(each), total[each][0], total[each][1], _of(each, total[each][1]))
        for each in SHOWN
        if each in total
    )


def _of_one(file: CaseFile) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Return what is counted of one person; what several lists ask of them counts once."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    name = [each for each in completeness.IDENTITY if each != "born"]
    for one in measured(file):
        for each, (there, wanted) in completeness.by_field([one]).items():
            if each[0] == "client" and each in found:
                continue
            before = found.get(each, (0, 0))
            found[each] = (before[0] + there, before[1] + wanted)
    parts = [found["client", each] for each in name if ("client", each) in found]
    if parts:
        found["client", "surname"] = min(parts)
    return found


def _lacking(file: CaseFile) -> Iterable[tuple[int, Missing]]:
    for rank, one in enumerate(measured(file)):
        for each in one.missing if one is not None else ():
            yield rank, each


def _due(rank: int, some: list[Missing], file: CaseFile, look: Look) -> Due:
    record = some[0].record
    labels = [f"**{one.label}**" for one in some]
    words = ngettext(
        "because %(labels)s is missing: %(why)s",
        "because %(labels)s are missing: %(why)s",
        len(some),
    )
    why = _why(some[0])
    may = may_write(form(record.form), look.me.roles)
    answers = (Answer("fill_in", _("Fill in"), "F") if may else ask_them(),)
    template = words.replace("%(labels)s", listed(labels))
    return Due(
        Group.NEEDS,
        "missing",
        file.client.id,
        record.id,
        file.name,
        because=pieces(template, {"why": why}),
        what=_what(record, look.day),
        answers=(*answers, open_file()),
        icon=form(record.form).icon or "clipboard-list",
        order=(rank,),
    )


def first_missing(file: CaseFile, record: bytes) -> str:
    """Return the first question of a record that a list still needs; empty where none is."""
    return next((one.field for _rank, one in _lacking(file) if one.record.id == record), "")


def _what(record: Record, day: date) -> str:
    """Return which record it is: an arrest by its day."""
    if record.form == "client":
        return ""
    happened = as_date(record.text(form(record.form).happened))
    title = _("Arrest") if record.form == "arrest" else _("Place on the list")
    return f"{title}, {say_short(happened.isoformat(), day)}" if happened else title


def _label(each: tuple[str, str]) -> str:
    """Return what a gauge is called: an answer in words that stand alone."""
    return {
        ("client", "surname"): _("Name"),
        ("cohort", "started_on"): _("Accepted or targeted"),
        ("cohort", "ended_on"): _("Removed"),
    }.get(each) or _(form(each[0]).fields[each[1]].label)


def _why(one: Missing) -> str:
    """Return what an answer is for."""
    return {
        "client": _("without it nobody is told apart from somebody else on a list"),
        "arrest": _("without it what followed an arrest cannot be counted"),
    }.get(
        one.record.form,
        {
            "operation": _("the enforcement list names it for everybody on it"),
            "score": _("without it they cannot be compared with those included"),
            "not_included_because": _("the list of those not included says why"),
            "ended_on": _("time before and after is counted from that day"),
        }.get(one.field, _("time before and after is counted from that day")),
    )


def _of(each: tuple[str, str], wanted: int) -> str:
    """Return what is counted: people, places, arrests, charges."""
    if each[0] == "client":
        return ngettext("person", "people", wanted)
    if each == ("arrest", "disposal"):
        return ngettext("charge", "charges", wanted)
    if each[0] == "arrest":
        return ngettext("arrest", "arrests", wanted)
    if each[1] == "ended_on":
        return ngettext("removal", "removals", wanted)
    return ngettext("place", "places", wanted)


def _titles() -> tuple[str, ...]:
    return (_("Enforcement list"), _("Outreach programme"), _("Eligible, not included"))
