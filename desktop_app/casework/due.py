# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is due: one thing somebody should see today, because of what, and how it can be answered.

Nothing that is due is ever stored: it is worked out from records, the same on every laptop in any
order of arrival. Only what people answer is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from desktop_app.casework.assignments import duties_on
from desktop_app.casework.chain import Chain
from desktop_app.casework.limits import Limits, limits
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Team
from desktop_app.casework.readings import held
from desktop_app.casework.records import Record
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _

OPEN, ASK_THEM = "open", "ask_them"
"""Answers every row may have: its client's file, and a word for whose turn it is."""


class Group(StrEnum):
    """The headings of Today, in their order."""

    FIRST = "first"
    NOW = "now"
    VISITS = "visits"
    OUT = "out"
    MISSED = "missed"
    NEEDS = "needs"
    FINISH = "finish"

    @property
    def words(self) -> str:
        """Return the heading."""
        return {
            Group.FIRST: _("First"),
            Group.NOW: _("Now and next"),
            Group.VISITS: _("Visits due"),
            Group.OUT: _("Coming out"),
            Group.MISSED: _("Missed appointments"),
            Group.NEEDS: _("Needs"),
            Group.FINISH: _("To finish"),
        }[self]

    @property
    def order_words(self) -> str:
        """Return in words how the group is sorted."""
        return {
            Group.FIRST: _("where you go soonest first"),
            Group.NOW: _("by the clock"),
            Group.VISITS: _("nearest limit first"),
            Group.OUT: _("soonest first"),
            Group.MISSED: _("whose turn comes first"),
            Group.NEEDS: _("nearest day first"),
            Group.FINISH: _("oldest first"),
        }[self]


class Piece(NamedTuple):
    """Some words of a sentence; the strong ones are the reason."""

    text: str
    strong: bool = False


class Answer(NamedTuple):
    """One answer a due thing can be given: its code, its words, its key."""

    code: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One client with the records of theirs this laptop holds."""

    client: Record
    records: tuple[Record, ...] = ()

    def __post_init__(self) -> None:
        """Have each rule's reading of the records made once."""
        object.__setattr__(self, "records", held(self.records))

    @property
    def name(self) -> str:
        """Return the client's name as a list writes it."""
        return full_name(self.client.answers)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft: what it is of, about whom, since when, and how long it has become."""

    title: str
    client: bytes
    name: str
    record: bytes
    started: datetime
    words: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything Today is worked out from.

    Attributes:
        files: the clients' case files held on this laptop.
        team: who is who.
        read: hex ids of the alerts and notes this person has said they have read.
        drafts: what this person has begun.
        to_share: changes that have not left the laptop.
        shared: when it last shared; None when never.
        all_arrived: False while something others wrote is known to be missing. Nothing reassuring
            is said then.
        common: records about no client that a board asked for.
        limits: the clocks of the initiative.
    """

    files: tuple[CaseFile, ...]
    team: Team
    read: frozenset[str] = frozenset()
    drafts: tuple[Unfinished, ...] = ()
    to_share: int = 0
    shared: datetime | None = None
    all_arrived: bool = True
    common: tuple[Record, ...] = ()
    limits: Limits = field(default_factory=limits)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at Today: what is known, whose Today it is, and the moment."""

    facts: Facts
    me: Person
    now: datetime

    @property
    def day(self) -> date:
        """Return today."""
        return self.now.date()

    @property
    def team(self) -> Team:
        """Return who is who."""
        return self.facts.team

    @property
    def limits(self) -> Limits:
        """Return the clocks of the initiative."""
        return self.facts.limits

    @property
    def common(self) -> tuple[Record, ...]:
        """Return the records about no client that a board asked for."""
        return self.facts.common

    def duties(self, file: CaseFile) -> list[str]:
        """Return what this person does for a client today; empty when nothing."""
        return duties_on(file.records, self.me.id, self.day)


@dataclass(frozen=True, slots=True)
class Due:
    """One row of Today.

    Attributes:
        group: the heading it stands under.
        kind: what kind of thing it is: "alert", "visit", "visit_due", "release" ...
        client: record id of the client; empty when it is about nobody.
        record: record id of what it is about; empty when it is about the client as a whole.
        name: the client's name.
        because: why it is here.
        what: plain words after the name.
        chips: its states.
        answers: what it can be answered with, without opening it.
        primary: the one answer that may be the filled button of the page.
        icon: of the disc before the name.
        tone: of that disc.
        big: instead of a disc: a time, or a number of days.
        beneath: the small words under `big`.
        row_tone: "bad" or "warn" when the whole row is tinted.
        late: whether its day or time has passed.
        chain: what follows missed appointments, to be drawn link by link beneath the row.
        at: its moment, where it has one.
        order: where it stands in its group, smallest first (see `Group.order_words`).
    """

    group: Group
    kind: str
    client: bytes
    record: bytes
    name: str
    because: tuple[Piece, ...] = ()
    what: str = ""
    chips: tuple[Chip, ...] = ()
    answers: tuple[Answer, ...] = ()
    primary: Answer | None = None
    icon: str = ""
    tone: str = "info"
    big: str = ""
    beneath: str = ""
    row_tone: str = ""
    late: bool = False
    at: datetime | None = None
    order: tuple[int, ...] = ()
    chain: Chain | None = None

    @property
    def key(self) -> str:
        """Return which row it is, from one look to the next."""
        return f"{self.kind}:{self.client.hex()}:{self.record.hex()}"

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Return its place on the page, the same on every laptop."""
        return (_RANKS[self.group], self.order, self.name, self.kind, self.client, self.record)

    @property
    def sentence(self) -> str:
        """Return why it is here as one plain sentence."""
        return said(self.because)


_RANKS = {group: rank for rank, group in enumerate(Group)}


def pieces(template: str, values: Mapping[str, object] | None = None) -> tuple[Piece, ...]:
    """Return a sentence in pieces; what stands between ** and ** is strong.

    The marks are read before anything is filled in, so that what somebody typed never becomes one.
    """
    filling = values or {}
    parts = template.split("**")
    return tuple(Piece(part % filling, index % 2 == 1) for index, part in enumerate(parts) if part)


def said(sentence: tuple[Piece, ...]) -> str:
    """Return a sentence without its weights."""
    return "".join(piece.text for piece in sentence)


def joined(sayings: Iterable[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Return several sayings as one line, with a dot between them."""
    line: tuple[Piece, ...] = ()
    for one in sayings:
        line += (Piece(" · "), *one) if line and one else one
    return line


def open_file() -> Answer:
    """Return the answer that every row has: open it."""
    return Answer(OPEN, _("Open"))


def ask_them() -> Answer:
    """Return the answer of whoever waits for somebody else: a word for them, first on their day."""
    return Answer(ASK_THEM, _("Ask them"), "A")


def seen_answers() -> tuple[Answer, ...]:
    """Return the three answers to a visit that is due."""
    return (
        Answer("seen", _("Seen"), "S"),
        Answer("not_seen", _("Not seen"), "N"),
        Answer("rebook", _("Rebook"), "R"),
    )
