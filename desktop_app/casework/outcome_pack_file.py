# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The file of a pack of questions: what stands in it, and what is wrong with one, in plain words.

Rules, each with a test:

* A pack says whose words it holds and under which licence, or it is not taken in.
* What a file gets wrong is said question by question, and nothing is changed.
* No file, however odd, makes the reading fail in any other way.
"""

import re
import tomllib
from collections.abc import Mapping

import msgspec

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.letters import seen
from desktop_app.casework.words import _, ngettext

DAYS, SCALE, YES_NO, NUMBER = "days", "scale", "yes_no", "number"
KINDS = (DAYS, SCALE, YES_NO, NUMBER)
ABOUT = ("substances", "health", "living", "other", "offending")
OFFENDING = "offending"
DECLINED, NOT_KNOWN, NOT_ASKED = "declined", "not_known", "not_asked"
UNANSWERED = (DECLINED, NOT_KNOWN, NOT_ASKED)
LONGEST_PACK, MOST_ITEMS, MOST = 50_000, 60, 10_000
LOOK_BACK = 28
_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KNOWN = ("name", "version", "title", "about", "source", "licence", "item")
_ITEM = ("name", "type", "about", "label", "ask", "least", "most", "low", "high", "unit", "better")


class PackError(CaseworkError):
    """A file that is no pack, in words for whoever chose it."""


class Item(msgspec.Struct, frozen=True):
    """One question.

    Attributes:
        name: of its answers, for ever.
        type: "days" (0 to 28), "scale", "yes_no" or "number".
        about: heading it stands under.
        label: short name, for a trend.
        ask: the question; `{period}` stands for which four weeks.
        least: smallest answer.
        most: greatest answer.
        low: what the smallest answer of a scale means.
        high: what the greatest means.
        unit: of a number.
        better: "less" or "more", where one of them is; empty where neither is ours to say.
    """

    name: str
    type: str
    label: str
    ask: str
    about: str = "other"
    least: int = 0
    most: int = 0
    low: str = ""
    high: str = ""
    unit: str = ""
    better: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Return the smallest and the greatest answer."""
        if self.type == DAYS:
            return (0, LOOK_BACK)
        return (0, 1) if self.type == YES_NO else (self.least, self.most)

    @property
    def offending(self) -> bool:
        """Say whether it asks about offending, and so counts nowhere."""
        return self.about == OFFENDING


class Pack(msgspec.Struct, frozen=True):
    """A whole pack, as its file says."""

    name: str
    version: str
    title: str
    source: str
    licence: str
    item: tuple[Item, ...]
    about: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return which pack it is."""
        return (self.name, self.version)

    def find(self, name: str) -> Item | None:
        """Return a question by name."""
        return next((one for one in self.item if one.name == name), None)


def read_pack(raw: bytes) -> Pack:
    """Return the pack in a file.

    Raises:
        PackError: it is none, in words that say what is wrong with which question.
    """
    if len(raw) > LONGEST_PACK:
        raise PackError(_("This file is too long for a pack of questions. Nothing was taken in."))
    try:
        held = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise PackError(
            _("This file is not in the form a pack has (TOML). Nothing was taken in.")
        ) from None
    wrong = _wrong_with(held)
    if wrong:
        said = ngettext(
            "This pack cannot be used yet: %(first)s Nothing was taken in.",
            "This pack cannot be used yet: %(first)s And %(more)d more. Nothing was taken in.",
            len(wrong),
        )
        raise PackError(said % {"first": wrong[0], "more": len(wrong) - 1})
    return msgspec.convert(held, Pack)


def _wrong_with(held: Mapping[str, object]) -> list[str]:
    """Return what is wrong with a file, a sentence each."""
    wrong = []
    for name, words in (
        ("name", _("It has no name in small letters.")),
        ("version", _("It has no version.")),
        ("title", _("It has no title.")),
        ("source", _("It does not say whose words it holds.")),
        ("licence", _("It does not say under which licence its words may be used.")),
    ):
        value = held.get(name)
        if not _is_words(value) or (name == "name" and not _PLAIN.fullmatch(str(value))):
            wrong.append(words)
    if not (held.get("about") is None or _is_words(held.get("about"), most=600)):
        wrong.append(_("What it is about is too long, or no text."))
    wrong += [
        _("It says “%(what)s”, which no pack has.") % {"what": seen(one)[:40]}
        for one in held
        if one not in _KNOWN
    ]
    items = held.get("item")
    if not isinstance(items, list) or not items or not all(isinstance(one, dict) for one in items):
        return [*wrong, _("It has no questions.")]
    if len(items) > MOST_ITEMS:
        return [*wrong, _("It has more than %(n)d questions.") % {"n": MOST_ITEMS}]
    names = [one.get("name") for one in items]
    for number, one in enumerate(items, 1):
        said = _wrong_item(one, twice=names.count(one.get("name")) > 1)
        wrong += [_("Question %(n)d: %(what)s") % {"n": number, "what": words} for words in said]
    return wrong


def _wrong_item(one: Mapping[str, object], *, twice: bool) -> list[str]:
    wrong = []
    if not isinstance(one.get("name"), str) or not _PLAIN.fullmatch(str(one["name"])):
        wrong.append(_("it has no name in small letters."))
    elif twice:
        wrong.append(_("another has the same name."))
    if one.get("type") not in KINDS:
        wrong.append(_("its type is none of %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    if one.get("about", "other") not in ABOUT:
        wrong.append(_("it is about none of %(what)s.") % {"what": ", ".join(ABOUT)})
    if not _is_words(one.get("label"), most=40):
        wrong.append(_("it has no short name of 40 letters or fewer."))
    if not _is_words(one.get("ask"), most=300):
        wrong.append(_("it asks nothing, or too much, in 300 letters or fewer."))
    texts = all(_is_words(one[name], most=60) for name in ("low", "high", "unit") if name in one)
    if not texts or one.get("better", "") not in ("", "less", "more"):
        wrong.append(_("what stands beside its answer cannot be read."))
    ranged = one.get("type") in (SCALE, NUMBER)
    given = [one[name] for name in ("least", "most") if name in one]
    if not all(map(_is_count, given)) or (ranged and not _is_span(one)):
        wrong.append(_("it does not say from which number to which."))
    return [
        *wrong,
        *(
            _("it says “%(what)s”, which no question has.") % {"what": seen(name)[:40]}
            for name in one
            if name not in _ITEM
        ),
    ]


def _is_words(value: object, *, most: int = 200) -> bool:
    """Say whether something is text a person can read, without letters that hide or turn any."""
    return (
        isinstance(value, str)
        and len(value.strip()) > 0
        and len(value) <= most
        and seen(value) == value
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _is_span(one: Mapping[str, object]) -> bool:
    """Say whether a question names a smallest and a greatest answer, in that order."""
    least, most = one.get("least", 0), one.get("most")
    if not isinstance(least, int) or not isinstance(most, int):
        return False
    return least < most
