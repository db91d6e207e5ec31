# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Packs of questions on the last four weeks: what is asked, in which words, in which range.

A pack is one TOML file. Tandem ships one in words of its own; a coordinator may take in another,
such as the profile a national body licenses, and it goes to the team as a record. Rules, each with
a test:

* A version never changes: other words need another version, or old answers would mean another
  thing.
* The pack taken in last is the one in use, on every laptop in any order of arrival; taking that
  back brings the one before.
* Answers keep the name of their question: with a pack that has not come they are still shown.
* Questions about offending may stand in a pack that is taken in. What somebody says of themselves
  never counts as offending: those answers are drawn nowhere, counted nowhere and fed to nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from desktop_app.casework.outcome_pack_file import (
    DAYS,
    DECLINED,
    MOST,
    NOT_ASKED,
    NOT_KNOWN,
    NUMBER,
    OFFENDING,
    SCALE,
    UNANSWERED,
    YES_NO,
    Item,
    Pack,
    PackError,
    read_pack,
)
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Json, Record
from desktop_app.casework.words import _, ngettext
from resources import folder

FORM = "outcome_pack"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What these rules need of a pack somebody took in."""

    form: ClassVar[str] = FORM
    record: Record
    pack: str
    version: str
    content: str
    taken_in_on: date | None


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs a laptop knows, and the one in use."""

    known: Mapping[tuple[str, str], Pack]
    in_use: Pack
    record: Record | None = None

    def of(self, name: str, version: str) -> Pack | None:
        """Return a pack by name and version; None for one that has not come."""
        return self.known.get((name, version))


@cache
def shipped() -> Pack:
    """Return the pack Tandem ships with."""
    return read_pack(folder("outcome_pack.toml").read_bytes())


def packs(records: Iterable[Record]) -> Packs:
    """Return the packs that stand in some records, with the shipped one.

    A pack that was taken back still says what was asked with it; it is in use no more.
    """
    own = shipped()
    known, use, held_in = {own.key: own}, own, None
    everything = sorted(records, key=lambda one: one.id)
    for one in everything:
        made = _made_of(one.answers)
        if one.form == FORM and made is not None:
            known.setdefault(made.key, made)
    standing = [one for one in read_all(TakenIn, everything) if _made_of(one.record.answers)]
    standing.sort(key=lambda one: (one.taken_in_on or date.min, one.record.id))
    if standing:
        held_in = standing[-1].record
        use = known[(standing[-1].pack, standing[-1].version)]
    return Packs(known, use, held_in)


def answers_of(pack: Pack, raw: bytes, *, on: str) -> Answers:
    """Return what the record of a pack answers.

    Args:
        pack: what was read.
        raw: the file it was read from.
        on: the day, ISO.
    """
    return {
        "pack": pack.name,
        "version": pack.version,
        "title": pack.title,
        "source": pack.source,
        "licence": pack.licence,
        "content": raw.decode("utf-8"),
        "taken_in_on": on,
    }


def may_be_taken_in(pack: Pack, known: Packs) -> str:
    """Return why a pack may not be taken in, in words; empty when it may."""
    same = known.of(*pack.key)
    if same is not None and same != pack:
        return _(
            "Version %(version)s of this pack is here already with other words. Give the file "
            "another version, so that answers given before still mean what was asked."
        ) % {"version": pack.version}
    if pack == known.in_use:
        return _("This pack is in use already.")
    return ""


def of_offending(pack: Pack) -> int:
    """Return how many questions of a pack ask about offending."""
    return sum(one.offending for one in pack.item)


def right(item: Item, value: Json) -> bool:
    """Say whether a value answers a question."""
    if value in UNANSWERED:
        return True
    if item.type == YES_NO:
        return value in ("yes", "no")
    least, most = item.span
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def unanswered_words(code: str) -> str:
    """Return how it is said that a question has no answer."""
    return {
        DECLINED: _("Declined to say"),
        NOT_KNOWN: _("Not known"),
        NOT_ASKED: _("Not asked"),
    }.get(code, code)


def value_words(item: Item, value: Json) -> str:
    """Return an answer as a person reads it: "12 days", "14 of 20", "Yes", "Not asked"."""
    if isinstance(value, str):
        return {"yes": _("Yes"), "no": _("No")}.get(value) or unanswered_words(value)
    if not isinstance(value, int):
        return unanswered_words(NOT_ASKED)
    if item.type == DAYS:
        return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}
    if item.type == SCALE:
        return _("%(n)d of %(most)d") % {"n": value, "most": item.most}
    return f"{value} {item.unit}".strip()


def about_words(about: str) -> str:
    """Return the heading of some questions."""
    return {
        "substances": _("What was taken"),
        "health": _("Health"),
        "living": _("Work and home"),
        OFFENDING: _("Offending: kept here and counted nowhere"),
    }.get(about, _("More"))


def asked_of(item: Item, look_back: str) -> str:
    """Return a question in the words of the four weeks it is about."""
    period = (
        _("the four weeks before custody")
        if look_back == "before_custody"
        else _("the last four weeks")
    )
    return item.ask.replace("{period}", period)


def _made_of(answers: Answers) -> Pack | None:
    """Return the pack a record holds; None when it holds none this Tandem can read."""
    content = answers.get("content")
    try:
        made = read_pack(content.encode()) if isinstance(content, str) else None
    except (PackError, UnicodeError):
        return None
    same = made and (made.name, made.version) == (answers.get("pack"), answers.get("version"))
    return made if same else None


def unknown_pack(name: str, version: str, answers: Mapping[str, Json]) -> Pack:
    """Return a stand-in for a pack that has not come: its questions by their names alone."""
    items = tuple(
        Item(one, YES_NO if value in ("yes", "no") else NUMBER, one, one, most=MOST)
        for one, value in sorted(answers.items())
    )
    return Pack(name, version, name, "", "", items)


def said_of_items(answers: Mapping[str, Json]) -> list[str]:
    """Return answers in words where no pack is at hand: the shipped one's words, or the names."""
    return [
        _("%(question)s: %(answer)s") % {"question": label, "answer": shown}
        for label, shown in (said_of_item(name, value) for name, value in answers.items())
    ]


def said_of_item(name: str, value: Json) -> tuple[str, str]:
    """Return one question and its answer, where no pack is at hand."""
    item = shipped().find(name)
    known = item is not None and right(item, value)
    shown = value_words(item, value) if item and known else _plainly(value)
    return _(item.label) if item else name, shown


def _plainly(value: Json) -> str:
    return unanswered_words(value) if isinstance(value, str) else str(value)
