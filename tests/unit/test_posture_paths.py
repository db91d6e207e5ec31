# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""No path makes more pressure without two agreeing acts: whatever is written, in any order."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, note
from hypothesis import strategies as st

from desktop_app.casework.people import Person, Team
from desktop_app.casework.posture import posture_now, pressure
from desktop_app.casework.posture_evidence import counts_for_pressure
from desktop_app.casework.posture_proposals import Towards, proposals
from desktop_app.casework.posture_turns import PRESSURE
from desktop_app.casework.records import WITHDRAWN, Answers, Json, Live, Record, link, pack_trail
from tests.unit.desk import BELLO, LOWE, OSEI, SHAH
from tests.unit.signing import AGENCY, DAY, with_agencies

PEOPLE = (OSEI, SHAH, BELLO, LOWE, "nobody")
DAYS = [DAY + timedelta(days=days) for days in (-9, -3, 0, 2, 6)]
BASE = Team("t", "Team", {who: Person(who, who, of, frozenset(), frozenset({"partners"}))
                          for who, of in AGENCY.items()})  # fmt: skip


ISO = [one.isoformat() for one in DAYS]
LEVELS = [*PRESSURE, "heightened", "heightened", "support_only"]
ODD: list[tuple[str, Json]] = [
    *(("agency", one) for one in ("Police", "Harbour", "Health", "", 7)),
    *(("level", one) for one in (*PRESSURE, "", None)),
    *(("reason", one) for one in ("other", "", None)),
    *(("until", one) for one in (*ISO, "", "9999-12-31")),
    ("until", 5),
    *(("acted_on", one) for one in (*ISO, "soon")),
    *(("says", one) for one in ("asks", "agrees", "says_no", "junk")),
    *(("agrees_with", link(bytes([n]) * 16)) for n in range(3, 9)),
    *(("declines", link(bytes([n]) * 16)) for n in range(3, 9)),
    ("agrees_with", ""),
    ("agrees_with", "zz"),
    ("agrees_with", None),
    ("evidence_of", []),
    (WITHDRAWN, "Never left"),
]


@st.composite
def anything_signed(draw: st.DrawFn) -> list[Record]:
    """Return turns of any two people, most of them whole, single words, evidence, and oddities."""
    held: list[Record] = [
        _made(1, "arrest", SHAH, {"arrested_on": "2026-11-02"}),
        _made(2, "note", OSEI, {"counts_for_pressure": draw(st.sampled_from(["yes", "no"]))}),
        _made(3, "note", BELLO, {"counts_for_pressure": "yes"}, "health"),
    ]
    for number in range(4, 4 + 3 * draw(st.integers(1, 3)), 3):
        held += _turn(draw, number)
    return held


def _turn(draw: st.DrawFn, number: int) -> list[Record]:
    """Return what one asks for, what another says to it, and a word more of either."""
    first, second = draw(st.permutations(PEOPLE[:4]))[:2]
    third = draw(st.sampled_from((first, second, *PEOPLE)))
    ids = [bytes([number + one]) * 16 for one in range(3)]
    same: Answers = {
        "level": draw(st.sampled_from(LEVELS)),
        "reason": "why",
        "until": draw(st.sampled_from(ISO[1:])),
        "acted_on": draw(st.sampled_from(ISO[:3])),
        "evidence_of": [link(bytes([draw(st.sampled_from([1, 1, 1, 2, 3]))]) * 16)],
    }
    before = draw(st.sampled_from(["", "", link(bytes([max(4, number - 3)]) * 16)]))
    acts: list[tuple[str, Answers]] = [
        (first, {"says": "asks", "supersedes": before}),
        (second, {"says": "agrees", "agrees_with": link(ids[0])}),
    ]
    if draw(st.booleans()):
        of = draw(st.sampled_from(ids[:2]))
        acts.append((third, {"says": "says_no", "declines": link(of)}))
    found = []
    for one, (author, said) in zip(ids, acts, strict=False):
        who = author
        whole = {"agency": AGENCY.get(who, ""), **same, **said}
        if draw(st.integers(0, 5)) == 0:
            who = draw(st.sampled_from((who, first, "nobody")))
            name, value = draw(st.sampled_from(ODD))
            whole[name] = value
        at = draw(st.integers(0, 9))
        found.append(_made(one[0], "posture", who, whole, at=at))
    return found


@given(held=anything_signed(), data=st.data())
def test_no_path_makes_more_pressure_without_two_agreeing_acts(
    held: list[Record], data: st.DataObject
) -> None:
    """Look at some of it on one day and at more of it on a later one, on any two laptops."""
    order = data.draw(st.permutations(held))
    moved = data.draw(st.dictionaries(st.sampled_from(PEOPLE[:4]), st.sampled_from(["Police"])))
    team = with_agencies(BASE, moved)
    some = order[: data.draw(st.integers(0, len(order)))]
    for day in DAYS:
        after = posture_now(held, team, day)
        if after.level == "heightened":
            assert backed(held, team, day, 2)
        for before in (posture_now(some, BASE, one) for one in DAYS if one <= day):
            note(f"{before.level}, then {after.level} on {day}")
            if pressure(after.level) > pressure(before.level):
                assert backed(held, team, day, pressure(after.level))


OTHERS: list[tuple[str, Answers]] = [
    ("cohort", {"cohort": "demand_side", "started_on": "2026-06-01"}),
    ("arrest", {"arrested_on": DAY.isoformat(), "further_action": "charged"}),
    ("chain_step", {"happened_at": f"{DAY.isoformat()}T10:00", "outcome": "forum"}),
    ("decision", {"decided_on": DAY.isoformat(), "about": "relax"}),
    ("goal", {"ended_on": DAY.isoformat(), "outcome": "reached"}),
    ("note", {"happened_at": f"{DAY.isoformat()}T10:00", "counts_for_pressure": "yes"}),
    ("posture_aside", {"put_on": DAY.isoformat(), "towards": "more", "reason": "why",
                       "evidence_of": [link(bytes([61]) * 16)]}),
]  # fmt: skip


@given(held=anything_signed(), some=st.sets(st.integers(1, len(OTHERS) - 1)), data=st.data())
def test_no_proposal_turns_anything_and_all_laptops_make_the_same(
    held: list[Record], some: set[int], data: st.DataObject
) -> None:
    """Add what proposes, and what was put aside, to whatever was signed."""
    others = [_made(60 + one, OTHERS[one][0], SHAH, OTHERS[one][1]) for one in sorted({0, *some})]
    mixed = data.draw(st.permutations([*held, *others]))
    shared = [one for one in mixed if one.audience == "partners"]
    for day in DAYS:
        after = posture_now(mixed, BASE, day)
        assert after == posture_now(held, BASE, day)
        found = proposals(mixed, BASE, day)
        assert found == proposals(shared, BASE, day)
        for one in found:
            raised = pressure(one.level) - pressure(after.level)
            assert raised == (1 if one.towards is Towards.MORE else -1)
            if one.towards is Towards.MORE:
                assert all(counts_for_pressure(each.record) for each in one.named)


@given(held=anything_signed(), data=st.data())
def test_the_order_in_which_it_arrives_makes_no_difference(
    held: list[Record], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(held))
    for day in DAYS:
        assert posture_now(mixed, BASE, day) == posture_now(held, BASE, day)


@given(held=anything_signed())
def test_whoever_holds_less_sees_the_same_posture(held: list[Record]) -> None:
    shared = [one for one in held if one.audience == "partners"]
    for day in DAYS:
        assert posture_now(shared, BASE, day) == posture_now(held, BASE, day)


@given(held=anything_signed())
def test_no_day_that_passes_makes_more_pressure_of_what_was_signed(held: list[Record]) -> None:
    signed = [one for one in held if one.text("acted_on") <= DAYS[1].isoformat()]
    levels = [pressure(posture_now(signed, BASE, day).level) for day in DAYS[1:]]
    assert all(later <= earlier for earlier, later in pairwise(levels))


def backed(held: list[Record], team: Team, day: date, least: int) -> bool:
    """Say whether two people of two agencies signed for so much, as plainly as it can be asked."""
    signed = [
        one
        for one in held
        if one.form == "posture"
        and not one.text(WITHDRAWN)
        and "" < one.text("acted_on") <= day.isoformat() <= one.text("until")
    ]
    of = {who: one.agency for who, one in team.persons.items()}
    return any(
        (a.text("says"), b.text("says")) == ("asks", "agrees")
        and b.answers.get("agrees_with") == link(a.id)
        and of.get(a.author, "") != of.get(b.author, "")
        and of.get(a.author)
        and of.get(b.author)
        and a.text("level") == b.text("level")
        and PRESSURE.get(a.text("level"), 0) >= least
        and a.text("reason") == b.text("reason") != ""
        for a in signed
        for b in signed
    )


def _made(
    number: int, form: str, author: str, said: Answers, audience: str = "partners", *, at: int = 0
) -> Record:
    live = [Live(1_790_000_000_000 + at, 7, 1, 0, said)]
    return Record(bytes([number]) * 16, form, b"c" * 16, audience, author, live, pack_trail(7, 1))
