# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Is anybody pressed more than others? Heightened attention by traits that are held.

It helps to ask the question and never answers it: a difference says nothing of why. Rules, each
with a test:

* Counted are people, each once, who were on the programme in the time, and of them those for whom
  two agencies agreed to heightened attention in it.
* Only traits that are held for other reasons are compared: gender, age, and the language somebody
  likes to speak. Nothing is asked in order to be compared.
* A count below five is not shown, and neither is one of which fewer than five are left out. Where
  the total would give a hidden one away, the next smallest is hidden as well.
* A ratio stands with an interval that holds the true one in at least 99 of 100 such comparisons
  (exact, given the sum; Clopper and Pearson 1934). Where it holds 1, the words say that it cannot
  be told from chance.
* Whoever did not say is counted and not compared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import comb

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import age
from desktop_app.casework.due import CaseFile
from desktop_app.casework.people import Team
from desktop_app.casework.posture_turns import HEIGHTENED, turns
from desktop_app.casework.records import Answers
from desktop_app.casework.targeting import DEMAND, places
from desktop_app.casework.words import _

FEW = 5
"""Counts below this are not shown."""
DOUBT = 0.01
"""How often the interval may miss the true ratio."""
UNKNOWN = ""
OLD, MIDDLE = 40, 25


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a trait.

    Attributes:
        words: what it is called.
        known: whether they said; whoever did not is not compared.
        people: on the programme in the time; None where it is not shown.
        pressed: of them with heightened attention; None where it is not shown.
        ratio: how many times as often as everybody else of the trait; None where it is not shown.
        low: the lower end of its interval.
        high: the upper end; None where there is none.
    """

    words: str
    known: bool
    people: int | None
    pressed: int | None
    ratio: float | None = None
    low: float = 0.0
    high: float | None = None

    @property
    def share(self) -> str:
        """Return the share in words, "12 of 40 (30%)"; how few, where it is not shown."""
        if self.people is None:
            return _("hidden: too few")
        if self.pressed is None:
            return _("not shown, of %(people)d") % {"people": self.people}
        values = {"n": self.pressed, "people": self.people}
        values["percent"] = round(100 * self.pressed / self.people)
        return _("%(n)d of %(people)d (%(percent)d%%)") % values

    @property
    def says(self) -> str:
        """Return what can be said of the difference, never more."""
        if not self.known:
            return _("Did not say: not compared.")
        if self.ratio is None:
            return _("Too few to compare.")
        high = f"{self.high:.1f}" if self.high is not None else _("any number")
        values = {"ratio": f"{self.ratio:.1f}", "low": f"{self.low:.1f}", "high": high}
        if self.low <= 1 and (self.high is None or self.high >= 1):
            return (
                _("%(ratio)s times as often as the others (%(low)s to %(high)s): cannot be told "
                  "from chance with so few people.") % values
            )  # fmt: skip
        return (
            _("%(ratio)s times as often as the others (%(low)s to %(high)s): more than chance "
              "alone would do. It does not say why.") % values
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trait:
    """One trait and its groups."""

    words: str
    groups: tuple[Group, ...]


def compared(
    files: Iterable[CaseFile], team: Team, since: date, until: date, *, day: date
) -> tuple[Trait, ...]:
    """Return how heightened attention fell on groups.

    Args:
        files: case files, each person once.
        team: who works where.
        since: the first day.
        until: the last day.
        day: the day it is looked at.
    """
    some = [one for one in files if _was_on(one, since, until)]
    told = [(one.client.answers, _pressed(one, team, since, until, day)) for one in some]
    return tuple(
        Trait(words, groups_of([(group(said, until), bad) for said, bad in told], names))
        for words, group, names in _traits()
    )


def groups_of(told: Sequence[tuple[str, bool]], names: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the groups of a trait, with small ones hidden.

    Args:
        told: of each person their group, and whether attention was heightened.
        names: the groups in words, in their order; of them `UNKNOWN` are those who did not say.
    """
    codes_of = [code for code in names if any(one == code for one, _bad in told)]
    people = {code: sum(one == code for one, _bad in told) for code in codes_of}
    pressed = {code: sum(one == code and bad for one, bad in told) for code in codes_of}
    no_people = hidden(people, people)
    no_pressed = hidden(pressed, people) | no_people
    return tuple(
        _group(
            code,
            names[code],
            people,
            pressed,
            no_people=code in no_people,
            no_pressed=code in no_pressed,
        )
        for code in codes_of
    )


def hidden(counts: Mapping[str, int], of: Mapping[str, int]) -> frozenset[str]:
    """Return the groups whose count is not shown.

    Args:
        counts: how many, by group; their sum is known to everybody.
        of: of how many, by group; the same mapping where the count is of everybody.
    """
    whole = counts is of
    small = {one for one, n in counts.items() if n < FEW or (not whole and of[one] - n < FEW)}
    left = sorted((n, one) for one, n in counts.items() if one not in small)
    while small and left and (len(small) == 1 or sum(counts[one] for one in small) < FEW):
        small.add(left.pop(0)[1])
    return frozenset(small)


def interval(bad: int, people: int, others_bad: int, others: int) -> tuple[float, float | None]:
    """Return the ends of an interval for how many times as often; None where there is no upper end.

    Given how many there were in all, how many of them were of the group is a binomial number; its
    exact limits are turned into those of the ratio.
    """
    total = bad + others_bad
    low = _limit(lambda p: 1 - _below(bad - 1, total, p), rising=True) if bad else 0.0
    high = _limit(lambda p: _below(bad, total, p), rising=False) if others_bad else 1.0
    return _ratio(low, people, others), None if high >= 1 else _ratio(high, people, others)


def _ratio(share: float, people: int, others: int) -> float:
    return share / (1 - share) * others / people


def _below(most: int, total: int, p: float) -> float:
    """Return how likely at most so many are."""
    return sum(comb(total, n) * p**n * (1 - p) ** (total - n) for n in range(most + 1))


def _limit(chance: Callable[[float], float], *, rising: bool) -> float:
    """Return where a chance is half the doubt, by halving."""
    low, high = 0.0, 1.0
    for _turn in range(60):
        middle = (low + high) / 2
        if (chance(middle) < DOUBT / 2) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _group(
    code: str,
    words: str,
    people: Mapping[str, int],
    pressed: Mapping[str, int],
    *,
    no_people: bool,
    no_pressed: bool,
) -> Group:
    known = code != UNKNOWN
    n = None if no_people else people[code]
    bad = None if no_pressed else pressed[code]
    others = sum(many for one, many in people.items() if one not in (code, UNKNOWN))
    others_bad = sum(many for one, many in pressed.items() if one not in (code, UNKNOWN))
    apart = others_bad >= FEW and others - others_bad >= FEW
    if n is None or bad is None or not known or not apart:
        return Group(words, known, n, bad)
    low, high = interval(bad, n, others_bad, others)
    return Group(words, known, n, bad, (bad / n) / (others_bad / others), low, high)


def _was_on(file: CaseFile, since: date, until: date) -> bool:
    return any(
        one.started_on and one.started_on <= until and not (one.ended_on and one.ended_on < since)
        for one in places(file.records, DEMAND)
    )


def _pressed(file: CaseFile, team: Team, since: date, until: date, day: date) -> bool:
    return any(
        one.level == HEIGHTENED and since <= one.from_on <= until
        for one in turns(file.records, team, day)
    )


def _traits() -> list[tuple[str, Callable[[Answers, date], str], Mapping[str, str]]]:
    """Return what is compared: its words, how a group is read, and the groups in words."""
    unsaid = _("Not known, or did not say")
    genders = {
        one.code: _(one.label)
        for one in codes("gender").code
        if one.code not in ("not_known", "declined")
    }
    ages = {
        "young": _("Under %(n)d") % {"n": MIDDLE},
        "middle": _("%(from)d to %(to)d") % {"from": MIDDLE, "to": OLD - 1},
        "old": _("%(n)d or over") % {"n": OLD},
    }
    tongues = {"en": _("English"), "other": _("Another language")}
    return [
        (_("Gender"), lambda said, _on: _one_of(said.get("gender"), genders),
         {**genders, UNKNOWN: unsaid}),
        (_("Age on the last day"), _age, {**ages, UNKNOWN: unsaid}),
        (_("Language they like to speak"), _tongue, {**tongues, UNKNOWN: unsaid}),
    ]  # fmt: skip


def _one_of(value: object, known: Mapping[str, str]) -> str:
    return value if isinstance(value, str) and value in known else UNKNOWN


def _age(said: Answers, on: date) -> str:
    years = age(str(said.get("born") or "").removesuffix("~"), on)
    if years is None:
        return UNKNOWN
    return "young" if years < MIDDLE else "middle" if years < OLD else "old"


def _tongue(said: Answers, _on: date) -> str:
    spoken = str(said.get("language") or "")
    return UNKNOWN if not spoken else "en" if spoken == "en" else "other"


def not_held() -> str:
    """Return what cannot be compared, because it is not held."""
    return _(
        "Ethnicity, religion and disability are not held of clients, so nothing can be said of "
        "them here. Ethnicity is asked only of whoever was stopped; to compare those would be to "
        "compare the stopped with each other."
    )
