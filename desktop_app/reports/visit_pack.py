# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The visit pack: before going out, each of the day's visits with what has to be known at the door.

Rules, each with a test:

* Each visit stands on one page, and begins with what endangers, then the rules of safe contact,
  what was promised, who else comes that day, whom of the team to ring, and how the last contacts
  came out.
* On paper it can be lost: a first name with an initial and the reference, no address, no telephone,
  nothing that is kept to fewer than all partners, and nothing that was told in a note. A visit
  that is itself kept to fewer is not on paper. Their surname is taken out of whatever is said.
* Addresses and telephones stand on paper only when that is asked for, and what any partner may
  read is all that ever does.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_moment, say_date, say_short
from desktop_app.casework.due import CaseFile
from desktop_app.casework.last_contacts import LastContact, last_contacts
from desktop_app.casework.names import full_name, spoken_name
from desktop_app.casework.one_visit import FROM_AFAR
from desktop_app.casework.overlap import other_words, others_on
from desktop_app.casework.people import Role, Team
from desktop_app.casework.phones import Phone
from desktop_app.casework.promises import promises
from desktop_app.casework.records import Record
from desktop_app.casework.reference import reference
from desktop_app.casework.safe_contact import order_of, safe_lines
from desktop_app.casework.whereabouts import PRISON, setting_on
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet, marked

_NONE: Mapping[str, Phone] = {}
_INSIDE: Mapping[str, Collection[str]] = {
    "prison": PRISON,
    "police_station": ("police_custody",),
    "rehab": ("rehab", "detox"),
    "hospital": ("hospital",),
}
"""Kinds of visit to where somebody is for a while, each with the settings it is to."""
LAST = 3
"""Contacts that are told of each."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of the day: the client's file and the record that says so."""

    file: CaseFile
    record: Record
    at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """How it is set on paper.

    Attributes:
        made: who takes it out, when, for whom and why.
        addresses: whether addresses and telephones stand on it.
    """

    made: str
    addresses: bool = False


def stops(files: Iterable[CaseFile], planned: Iterable[Record], person: str) -> list[Stop]:
    """Return the visits somebody goes to, the earliest first.

    Args:
        files: the case files of whom the records are about.
        planned: visits and appointments of one day.
        person: person id of who goes. Of an appointment only whoever goes along leaves the house.
    """
    of = {one.client.id: one for one in files}
    found = []
    for one in planned:
        visit = one.form == "visit"
        at = as_moment(one.text("at" if visit else "booked_for"))
        people = one.answers.get("people" if visit else "company")
        goes = isinstance(people, list) and person in people
        still = one.text("state") == ("planned" if visit else "booked")
        if at and goes and still and one.text("kind") not in FROM_AFAR and one.client in of:
            found.append(Stop(of[one.client], one, at))
    return sorted(found, key=lambda one: (one.at, one.record.id))


def visit_pack(
    going: Sequence[Stop],
    team: Team,
    *,
    me: str,
    day: date,
    now: datetime,
    paper: Paper | None = None,
    phones: Mapping[str, Phone] = _NONE,
) -> Sheet:
    """Return the pack as a sheet.

    Args:
        going: the visits, in order.
        team: whose names are said.
        me: person id of who goes.
        day: the day they go.
        now: local time.
        paper: how it is set on paper; None for the screen.
        phones: at which number colleagues are rung at work.
    """
    if paper is not None:
        going = [one for one in going if one.record.audience == PARTNERS]
    count = ngettext("%(n)d visit", "%(n)d visits", len(going)) % {"n": len(going)}
    marking = _("All partners. Do not lose it: burn or shred it tonight")
    return Sheet(
        title=_("Visit pack"),
        name=_("%(count)s on %(day)s") % {"count": count, "day": say_date(day.isoformat())},
        banner=(),
        marking=marked(marking, made_up=team.made_up),
        made=paper.made if paper is not None else "",
        sections=tuple(_Stop(one, team, me, now, paper, phones).section() for one in going),
    )


@dataclass(frozen=True, slots=True)
class _Stop:
    """One visit, being put into words."""

    stop: Stop
    team: Team
    me: str
    now: datetime
    paper: Paper | None
    phones: Mapping[str, Phone]

    @property
    def client(self) -> Record:
        """Return whom it is to."""
        return self.stop.file.client

    @property
    def records(self) -> tuple[Record, ...]:
        """Return what may be told: on paper what every partner may read."""
        held = self.stop.file.records
        if self.paper is None:
            return held
        return tuple(one for one in held if one.audience == PARTNERS)

    def section(self) -> Section:
        """Return it as a section."""
        facts = [
            *self._alerts(),
            *self._visit(),
            *self._rules(),
            *(Fact(_("Promised"), words) for words in self._promises()),
            *self._others(),
            Fact(_("Ring"), self._ring()),
        ]
        shown = tuple(
            Fact(one.label, self._said(one.value), one.tone) for one in facts if one.value
        )
        found = last_contacts(self.records, self.team, self.now)[:LAST]
        title = f"{self.stop.at:%H:%M}  {self._name()}"
        return Section(title, shown, self._past(found), whole=True)

    def _name(self) -> str:
        if self.paper is None:
            return full_name(self.client.answers)
        surname = self.client.text("surname").strip()
        initial = f" {surname[0].upper()}." if surname else ""
        first = self.client.text("forename").strip() or spoken_name(self.client.answers)
        return f"{first}{initial} · {reference(self.client.id)}"

    def _said(self, words: str) -> str:
        """Return words as they may stand there: on paper without the surname."""
        surname = self.client.text("surname").strip()
        if self.paper is None or len(surname) < 2:
            return words
        return re.sub(rf"\b{re.escape(surname)}\b", f"{surname[0]}.", words, flags=re.IGNORECASE)

    def _alerts(self) -> list[Fact]:
        on, found = self.stop.at.date(), []
        for alert in live_alerts(self.records, on):
            words = " ".join(one for one in (order_of(alert), alert.headline) if one)
            found.append(Fact(_("Safety"), words, "bad"))
        return found or [Fact(_("Safety"), _("No safety alert is recorded."))]

    def _visit(self) -> list[Fact]:
        record = self.stop.record
        visit = record.form == "visit"
        list_name = "visit_kind" if visit else "appointment_kind"
        kind = codes(list_name).label(record.text("kind"))
        what = kind if visit else _("Going along to an appointment")
        people = record.answers.get("people" if visit else "company")
        held = [str(one) for one in people] if isinstance(people, list) else []
        others = [self.team.name_of(one) for one in dict.fromkeys(held) if one != self.me]
        with_whom = _("%(what)s, with %(names)s") % {"what": what, "names": listed(others)}
        return [
            Fact(_("What"), with_whom if others else what),
            Fact(_("Where"), self._where(record)),
            Fact(_("Phone"), self.client.text("phone") if self._shows_where() else ""),
            Fact(_("What for"), record.text("purpose") if visit else ""),
            Fact(_("Ask"), record.text("ask") if visit else ""),
        ]

    def _shows_where(self) -> bool:
        return self.paper is None or self.paper.addresses

    def _where(self, record: Record) -> str:
        """Return where it is: what was written for this visit, where they are, or live."""
        if record.text("place"):
            return record.text("place") if self._shows_where() or _is_away(record) else ""
        if record.text("kind") in _INSIDE:
            setting = setting_on(self.records, self.stop.at.date())
            there = setting is not None and setting.setting in _INSIDE[record.text("kind")]
            return setting.where if setting is not None and there else ""
        if not self._shows_where() or record.text("kind") != "home":
            return ""
        parts = ("address_1", "address_2", "town", "postcode")
        return ", ".join(self.client.text(one) for one in parts if self.client.text(one))

    def _rules(self) -> list[Fact]:
        """Return the rules of safe contact, what never must be first; on paper without numbers."""
        answers = dict(self.client.answers)
        if not self._shows_where():
            for name in ("phone", "find_the_door"):
                answers.pop(name, None)
        rules = safe_lines(answers)
        never = [one.words.strip().rstrip(".") for one in rules if one.kind == "dont"]
        said = Fact(_("Never"), ". ".join(never), "bad")
        return [said, *(Fact(_("Safe contact"), one.words) for one in rules if one.kind != "dont")]

    def _promises(self) -> list[str]:
        found = []
        for one in promises(self.records):
            day = say_short(one.by.isoformat(), self.now.date()) if one.by else ""
            by = _("%(words)s, by %(day)s") % {"words": one.words, "day": day}
            found.append(by if day else one.words)
        return found

    def _others(self) -> list[Fact]:
        """Return who else sees them that day, and who works with them from outside."""
        on = self.stop.at.date()
        found = [
            Fact(_("That day too"), other_words(one, self.team, on=self.now.date()), "warn")
            for one in others_on(self.records, on, self.me)
        ]
        schemes = self.client.answers.get("schemes")
        known = schemes if isinstance(schemes, list) else []
        held = [codes("scheme").find(str(one)) for one in known]
        titles = [_(one.short or one.label) for one in held if one is not None]
        workers = self.client.text("other_workers") if self._shows_where() else ""
        both = ". ".join(one for one in (", ".join(titles), workers) if one)
        return [*found, Fact(_("Others"), both)]

    def _ring(self) -> str:
        """Return whom of the team to ring: who comes along, the key worker, who coordinates."""
        people = self.stop.record.answers.get(
            "people" if self.stop.record.form == "visit" else "company"
        )
        held = [str(one) for one in people] if isinstance(people, list) else []
        held += workers_on(self.stop.file.records, KEY_WORKER, self.stop.at.date())
        held += [one.id for one in self.team.persons.values() if Role.COORDINATOR in one.roles]
        known = [one for one in dict.fromkeys(held) if one != self.me and one in self.phones]
        return "; ".join(
            _("%(who)s %(number)s")
            % {"who": self.team.name_of(one), "number": self.phones[one].words}
            for one in known
        )

    def _past(self, found: Sequence[LastContact]) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                say_short(one.at.date().isoformat(), self.now.date()),
                one.outcome,
                " · ".join(part for part in (one.where, one.who) if part),
                one.note if self.paper is None else "",
            )
            for one in found
        )


def _is_away(record: Record) -> bool:
    """Say whether a place is nobody's home: a prison, a ward, a court."""
    return record.text("kind") not in ("home", "street", "other")
