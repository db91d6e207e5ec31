# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What follows missed appointments: the links, their owners and clocks, and how it ends."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop_app.casework.chain import Chain, Part, chain_now, chains, days_of
from desktop_app.casework.chain_runs import End
from desktop_app.casework.limits import Forum, agreed, limits
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Record
from tests.unit.desk import BELLO, LOWE, NOW, OSEI, SHAH

Make = Callable[..., Record]
Given = tuple[str, dict[str, Json]]


@pytest.fixture
def held(a_record: Make) -> list[Record]:
    """Return a client with a key worker, a nurse and a police lead."""
    duties = {"key_worker": OSEI, "nurse": BELLO, "police_lead": SHAH}
    return [
        a_record("assignment", duty=duty, worker=who, from_on="2026-01-01")
        for duty, who in duties.items()
    ]


def november(day: int, hour: int) -> datetime:
    return datetime.combine(date(2026, 11, day), time(hour))


def missed(make: Make, day: int, state: str = "not_attended", **more: Json) -> Record:
    return make("appointment", booked_for=f"2026-11-{day:02}T14:00", state=state, **more)


def step(make: Make, at: str, kind: str, **more: Json) -> Record:
    return make("chain_step", step=kind, happened_at=f"2026-11-{at}", **more)


def told(make: Make, at: str = "20T09:00", **more: Json) -> Record:
    word = {"opened_on": "2026-11-19", "last_on": "2026-11-19", "missed": 2, **more}
    return step(make, at, "informed", author=BELLO, **word)


def visit(make: Make, day: int, *, seen: bool, **more: Json) -> Record:
    state, outcome = ("done", "seen") if seen else ("tried", "not_seen")
    answers: dict[str, Json] = {"kind": "home", "people": [OSEI], **more}
    return make("visit", at=f"2026-11-{day:02}T11:00", state=state, outcome=outcome, **answers)


def now_of(records: list[Record], team: Team, at: datetime = NOW) -> Chain:
    found = chain_now(records, team, at, limits())
    assert found is not None
    return found


def todo(chain: Chain) -> list[tuple[str, str, date | None]]:
    return [(one.part.value, one.owner, one.due_on) for one in chain.to_do]


def test_two_misses_begin_it_and_the_nurse_is_to_tell(
    a_record: Make, held: list[Record], team: Team
) -> None:
    chain = now_of([*held, missed(a_record, 12), missed(a_record, 19)], team)
    assert (chain.missed, chain.opened_on, chain.told) == (2, date(2026, 11, 19), False)
    assert todo(chain) == [("tell", BELLO, date(2026, 11, 20))]
    assert chain.to_do[0].late(NOW.date()) == 3


def test_whoever_holds_none_of_the_appointments_learns_it_by_the_word(
    a_record: Make, held: list[Record], team: Team
) -> None:
    chain = now_of([*held, told(a_record)], team)
    assert (chain.missed, chain.opened_on, chain.told) == (2, date(2026, 11, 19), True)
    assert todo(chain) == [
        ("worker", OSEI, date(2026, 11, 21)),
        ("police", SHAH, date(2026, 11, 21)),
        ("visit", OSEI, date(2026, 11, 23)),
    ]


def test_whoever_visits_has_heard_and_a_visit_in_vain_is_a_visit(
    a_record: Make, held: list[Record], team: Team
) -> None:
    heard = step(a_record, "20T10:00", "acknowledged", duty="police_lead", author=SHAH)
    chain = now_of([*held, told(a_record), heard, visit(a_record, 21, seen=False)], team)
    assert todo(chain) == [("outcome", OSEI, date(2026, 11, 23))]
    assert (chain.visits, chain.seen) == (1, False)
    assert days_of(chain) == {Part.TELL: 1, Part.WORKER: 1, Part.POLICE: 0, Part.VISIT: 1}


def test_so_many_visits_in_vain_belong_to_the_forum_and_its_decision_ends_it(
    a_record: Make, held: list[Record], team: Team
) -> None:
    records = [*held, told(a_record), *(visit(a_record, day, seen=False) for day in (21, 22))]
    assert now_of(records, team).for_forum
    decided = a_record("decision", decided_on="2026-11-23", about="keep")
    later = november(24, 9)
    for_some = a_record("decision", audience="police", decided_on="2026-11-23", about="keep")
    (goes_on,) = chains([*records, for_some], team, later, limits())
    assert goes_on.ended is None, "it would have ended for those alone who may read that"
    (chain,) = chains([*records, decided], team, later, limits())
    assert (chain.ended, chain.ended_on) == (End.DECIDED, date(2026, 11, 23))
    assert chain.to_do == ()


def test_an_outcome_that_does_not_come_belongs_to_the_forum(
    a_record: Make, held: list[Record], team: Team
) -> None:
    records = [*held, told(a_record), visit(a_record, 21, seen=True)]
    days = [day for day in range(21, 31) if now_of(records, team, november(day, 20)).for_forum]
    assert days == [30]


@pytest.mark.parametrize(
    ("next_on", "due_on"),
    [
        (None, date(2026, 12, 6)),
        (date(2026, 11, 26), date(2026, 11, 26)),
        (date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 21), date(2026, 12, 6)),
    ],
    ids=["none is set", "it is set", "on the day it came there", "it was before that"],
)
def test_the_forums_link_is_the_coordinators_and_due_on_the_day_of_the_next(
    a_record: Make, held: list[Record], team: Team, next_on: date | None, due_on: date
) -> None:
    records = [*held, told(a_record), *(visit(a_record, day, seen=False) for day in (21, 22))]
    set_so = replace(limits(), forum=Forum(14, next_on))
    (chain,) = chains(records, team, NOW, set_so)
    (link,) = [one for one in chain.to_do if one.part is Part.FORUM]
    assert (link.owner, link.due_on) == (LOWE, due_on)
    assert link.late(date(2026, 12, 8)) == (date(2026, 12, 8) - due_on).days


def test_the_teams_own_day_and_days_of_the_forum_count() -> None:
    rule: dict[str, Json] = {"next_forum_on": "2026-12-03", "forum_every": 21}
    assert agreed(limits(), rule).forum == Forum(21, date(2026, 12, 3))
    nonsense: dict[str, Json] = {"next_forum_on": "soon", "forum_every": 0}
    assert agreed(limits(), nonsense).forum == limits().forum


@pytest.mark.parametrize(
    ("outcome", "ended"), [("back", End.BACK), ("mistake", End.MISTAKE), ("forum", None)]
)
def test_a_word_about_what_came_of_it_ends_it_or_sends_it_to_the_forum(
    a_record: Make, held: list[Record], team: Team, outcome: str, ended: End | None
) -> None:
    said = step(a_record, "22T12:00", "outcome", outcome=outcome, author=OSEI)
    (chain,) = chains(
        [*held, told(a_record), visit(a_record, 21, seen=True), said], team, NOW, limits()
    )
    assert chain.ended is ended
    assert chain.for_forum is (ended is None)


def test_seen_or_come_before_anybody_was_told_nothing_has_begun(
    a_record: Make, held: list[Record], team: Team
) -> None:
    two = [missed(a_record, 12), missed(a_record, 19)]
    mistake = step(a_record, "20T12:00", "outcome", outcome="mistake", author=BELLO)
    for more in (visit(a_record, 20, seen=True), missed(a_record, 20, "attended"), mistake):
        assert chains([*held, *two, more], team, NOW, limits()) == []
    vain = visit(a_record, 20, seen=False)
    assert now_of([*held, *two, vain], team).visits == 0


def test_an_appointment_kept_ends_it_when_every_partner_may_know(
    a_record: Make, held: list[Record], team: Team
) -> None:
    open_one = missed(a_record, 21, "attended")
    (chain,) = chains([*held, told(a_record), open_one], team, NOW, limits())
    assert chain.ended is End.KEPT
    kept_back = missed(a_record, 21, "attended")
    kept_back.audience = "health"
    (chain,) = chains([*held, told(a_record), kept_back], team, NOW, limits())
    assert chain.ended is None


def test_two_nurses_who_tell_have_told_once(a_record: Make, held: list[Record], team: Team) -> None:
    (chain,) = chains(
        [*held, told(a_record), told(a_record, "20T11:00", missed=3)], team, NOW, limits()
    )
    assert (chain.missed, chain.links[0].done_at) == (2, november(20, 9))


def test_custody_stops_every_clock_and_coming_out_lets_it_go_on(
    a_record: Make, held: list[Record], team: Team
) -> None:
    inside = a_record("setting", setting="remand", from_on="2026-11-22")
    records = [*held, told(a_record), inside]
    chain = now_of(records, team)
    assert (chain.paused_because, chain.to_do) == ("remand", ())
    out = a_record("setting", setting="community", from_on="2026-11-28")
    chain = now_of([*records, out], team, november(29, 9))
    assert chain.paused_because == ""
    assert ("visit", OSEI, date(2026, 11, 29)) in todo(chain)


def test_it_is_paused_by_hand_with_a_reason(a_record: Make, held: list[Record], team: Team) -> None:
    stop = step(a_record, "21T09:00", "paused", words="With her sister until Friday")
    go_on = step(a_record, "27T09:00", "resumed")
    assert now_of([*held, told(a_record), stop], team).paused_because == stop.text("words")
    chain = now_of([*held, told(a_record), stop, go_on], team, november(28, 9))
    assert chain.paused_because == ""
    assert ("visit", OSEI, date(2026, 11, 29)) in todo(chain)


def test_death_ends_it(a_record: Make, held: list[Record], team: Team) -> None:
    died = a_record("setting", setting="deceased", from_on="2026-11-22")
    assert chain_now([*held, told(a_record), died], team, NOW, limits()) is None


def test_a_police_lead_is_waited_for_only_where_there_is_one(
    a_record: Make, held: list[Record], team: Team
) -> None:
    alone = [one for one in held if one.answers["duty"] != "police_lead"]
    assert Part.POLICE not in [one.part for one in now_of([*alone, told(a_record)], team).links]


DAYS = st.integers(1, 23)
CLINIC = st.tuples(DAYS, st.sampled_from(["attended", "not_attended"]), st.booleans())
VISITS = st.tuples(DAYS, st.booleans(), st.sampled_from(["home", "phone"]), st.booleans())
STEPS = st.tuples(
    DAYS, st.sampled_from(["informed", "worker", "police", "paused", "resumed", "back", "forum"])
)
STAYS = st.tuples(DAYS, st.sampled_from(["community", "remand", "rehab"]))


@st.composite
def lives(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Draw appointments, visits, steps and stays of one client."""
    return {
        "clinic": draw(st.lists(CLINIC, max_size=6)),
        "visits": draw(st.lists(VISITS, max_size=4)),
        "steps": draw(st.lists(STEPS, max_size=5)),
        "stays": draw(st.lists(STAYS, max_size=2)),
    }


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=lives(), data=st.data())
def test_once_told_it_stands_the_same_on_every_laptop_in_any_order(
    a_record: Make,
    held: list[Record],
    team: Team,
    life: dict[str, list[Any]],
    data: st.DataObject,
) -> None:
    """The nurse's laptop holds everything, the police's only what every partner may read."""
    records = [*held]
    for day, state, kept_back in life["clinic"]:
        one = missed(a_record, day, state)
        one.audience = "health" if kept_back else "partners"
        records.append(one)
    for day, seen, kind, kept_back in life["visits"]:
        one = visit(a_record, day, seen=seen, kind=kind)
        one.audience = "health" if kept_back else "partners"
        records.append(one)
    records += [_said(a_record, day, what) for day, what in life["steps"]]
    records += [
        a_record("setting", setting=what, from_on=f"2026-11-{day:02}")
        for day, what in life["stays"]
    ]
    nurse = chains(data.draw(st.permutations(records)), team, NOW, limits())
    police = chains(
        [one for one in data.draw(st.permutations(records)) if one.audience == "partners"],
        team,
        NOW,
        limits(),
    )
    assert [one for one in nurse if one.told] == [one for one in police if one.told]
    assert all(one.ended is None or one.told for one in (*nurse, *police))
    for link in (each for chain in nurse for each in chain.to_do):
        assert link.owner, "every link has an owner"
        assert link.due_on or link.part is Part.FORUM, "and a day"


def _said(make: Make, day: int, what: str) -> Record:
    at = f"{day:02}T{9 + day % 8:02}:00"
    if what == "informed":
        last = date(2026, 11, day) - timedelta(days=1)
        return told(make, at, opened_on=str(last), last_on=str(last))
    if what in ("worker", "police"):
        duty = {"worker": "key_worker", "police": "police_lead"}[what]
        return step(make, at, "acknowledged", duty=duty)
    if what in ("paused", "resumed"):
        return step(make, at, what)
    return step(make, at, "outcome", outcome=what)
