# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Information-sharing agreements: which stand, which are to be looked at again, which are over.

The guide asks for "data sharing protocols between organisations if they do not exist already".
Tandem keeps the register, not the signed paper. Rules, each with a test:

* One stands from the day it was signed until it is ended, or renewed by another that takes its
  place. That the day of its review has passed ends nothing: it is said, and stays said.
* It comes to whoever coordinates some weeks before it is to be reviewed, and stays until it is
  renewed or ended; one without a day for its review comes at once.
* Of two that renewed the same one without having met both stand, until somebody ends one.
* In whatever order records arrive, every laptop shows the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, Due, Group, Piece, open_file, pieces
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Person, Role
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Record, linked
from desktop_app.casework.superseding import standing
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _

FORM = "sharing_agreement"
RESTS_ON, WRITTEN, CLIENT = "rests_on", "agreement", "client"
"""Fields of a disclosure: the agreement it rests on, and its name in words; and an agency that
needs none, for it is the client."""
RENEW = "renew_agreement"
"""The answer that begins the one which takes its place."""


@dataclass(frozen=True, slots=True)
class SharingAgreement:
    """What these rules need of an agreement."""

    form: ClassVar[str] = FORM
    record: Record
    title: str
    agencies: tuple[str, ...]
    signed_on: date | None
    review_on: date | None
    ended_on: date | None
    ended_why: str
    supersedes: bytes | None

    @property
    def id(self) -> bytes:
        """Return the id of its record."""
        return self.record.id

    @property
    def parties(self) -> str:
        """Return the agencies that signed it."""
        return ", ".join(codes("agency").label(one) for one in self.agencies)

    def named(self, day: date) -> str:
        """Return it as a disclosure names it, for good: what it is called, and when signed."""
        if self.signed_on is None:
            return self.title
        said = say_short(self.signed_on.isoformat(), day)
        return _("%(title)s, signed %(day)s") % {"title": self.title, "day": said}

    def is_due(self, day: date) -> bool:
        """Say whether it is to be reviewed soon, or should have been."""
        ahead = timedelta(days=limits().days.agreement_review)
        return self.review_on is None or self.review_on - ahead <= day

    def is_late(self, day: date) -> bool:
        """Say whether the day of its review has passed, or was never said."""
        return self.review_on is None or self.review_on < day

    def ended(self, day: date) -> bool:
        """Say whether it was ended, by this day."""
        return self.ended_on is not None and self.ended_on <= day


@dataclass(frozen=True, slots=True)
class Register:
    """Every agreement there is.

    Attributes:
        standing: those that stand, the one to be reviewed first first.
        over: those that were ended or renewed, the last signed first.
    """

    standing: tuple[SharingAgreement, ...] = ()
    over: tuple[SharingAgreement, ...] = ()

    def find(self, record: bytes) -> SharingAgreement | None:
        """Return one by the id of its record."""
        every = (*self.standing, *self.over)
        return next((one for one in every if one.id == record), None)

    def before(self, one: SharingAgreement) -> list[SharingAgreement]:
        """Return those whose place it took, the latest first."""
        found: list[SharingAgreement] = []
        old = self.find(one.supersedes or b"")
        while old is not None and old is not one and old not in found:
            found.append(old)
            old = self.find(old.supersedes or b"")
        return found


def register(records: Iterable[Record], day: date) -> Register:
    """Return every agreement: which stand on a day, and which are over.

    Args:
        records: of any form; only agreements are read.
        day: today.
    """
    held = read_all(SharingAgreement, records)
    left = {one.id for one in standing(held, lambda one: one.signed_on) if not one.ended(day)}
    stand = sorted((one for one in held if one.id in left), key=_by_review)
    over = sorted((one for one in held if one.id not in left), key=_by_signing)
    return Register(tuple(stand), tuple(over))


def of_agency(held: Sequence[SharingAgreement], agency: str) -> list[SharingAgreement]:
    """Return those an agency signed."""
    return [one for one in held if agency in one.agencies]


def lacking(held: Sequence[SharingAgreement], answers: Answers) -> str:
    """Return a sentence where no agreement covers what is disclosed; empty where one may.

    It is said and stops nobody: an emergency does not wait for paperwork.

    Args:
        held: those that stand.
        answers: of the disclosure, as far as it is written.
    """
    agency = answers.get("agency")
    if not isinstance(agency, str) or not agency or agency == CLIENT:
        return ""
    named, label = linked(answers.get(RESTS_ON)), codes("agency").label(agency)
    covers = of_agency(held, agency)
    if not covers:
        words = _(
            "No information-sharing agreement with this agency stands: %(agency)s. What is needed "
            "can be disclosed all the same; say what allows it."
        )
        return words % {"agency": label}
    if named and all(one.id != named for one in covers):
        words = _("The agreement chosen is not one this agency signed: %(agency)s.")
        return words % {"agency": label}
    return ""


def with_its_name(
    altered: Answers, now: Answers, before: Answers, held: Sequence[SharingAgreement], day: date
) -> Answers:
    """Return a disclosure with the agreement it rests on named in words, which stay as they are.

    Args:
        altered: what is to be saved.
        now: every answer as it stands.
        before: what stood there; empty for a new one.
        held: the agreements it may rest on.
        day: today.
    """
    chosen, written = now.get(RESTS_ON), now.get(WRITTEN)
    if chosen == before.get(RESTS_ON) or (written and written != before.get(WRITTEN)):
        return altered
    named = linked(chosen)
    words = next((one.named(day) for one in held if one.id == named), None)
    return {**altered, WRITTEN: words}


def because(one: SharingAgreement, day: date) -> tuple[Piece, ...]:
    """Return why it stands among those that are to be reviewed."""
    if one.review_on is None:
        return pieces(_("because **no day for its review** is written down"))
    values = {"day": say_short(one.review_on.isoformat(), day)}
    if one.is_late(day):
        return pieces(_("because it was to be reviewed **by %(day)s**"), values)
    return pieces(_("because it is to be reviewed **by %(day)s**"), values)


def to_review(records: Iterable[Record], me: Person, day: date) -> list[Due]:
    """Return the rows of Today of whoever coordinates; nobody else has any.

    Args:
        records: every agreement.
        me: whose Today it is.
        day: today.
    """
    if Role.COORDINATOR not in me.roles:
        return []
    return [_row(one, day) for one in register(records, day).standing if one.is_due(day)]


def _row(one: SharingAgreement, day: date) -> Due:
    late = one.is_late(day)
    return Due(
        Group.FINISH,
        FORM,
        b"",
        one.id,
        one.title,
        because=because(one, day),
        what=one.parties,
        chips=(Chip(_("Agreement"), "warn" if late else "neutral", "file-check"),),
        answers=(Answer(RENEW, _("Renew"), "R"), open_file()),
        icon="file-check",
        tone="warn" if late else "neutral",
        late=late,
        order=(0, (one.review_on or date.min).toordinal(), 0),
    )


def _by_review(one: SharingAgreement) -> tuple[date, str, bytes]:
    return one.review_on or date.min, one.title, one.id


def _by_signing(one: SharingAgreement) -> tuple[int, str, bytes]:
    return -(one.signed_on or date.min).toordinal(), one.title, one.id
