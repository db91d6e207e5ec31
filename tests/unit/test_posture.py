# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The posture: two agencies turn it together, it lapses, and it never rises by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.forms import form
from desktop_app.casework.people import Role, Team
from desktop_app.casework.posture import Posture, lapsing, posture_now
from desktop_app.casework.posture_evidence import counts_for_pressure
from desktop_app.casework.posture_rows import LAPSE, board, may_answer, to_take_back
from desktop_app.casework.posture_turns import Act, Fall
from desktop_app.casework.readings import check
from desktop_app.casework.records import WITHDRAWN, Answers, Json, Live, Record, RecordId, link
from tests.unit.desk import BELLO, OSEI, SHAH
from tests.unit.signing import DAY, Make, Signing, replace_answers, replace_live, with_agencies


@pytest.fixture
def signing(a_record: Make, team: Team) -> Signing:
    """Return a pen for acts of these people."""
    return Signing(a_record, team)


def test_the_form_offers_what_the_rule_reads() -> None:
    assert check(Act, form("posture")) == []


def test_where_nothing_was_agreed_it_is_standard(signing: Signing) -> None:
    assert signing.now() == Posture("standard")


def test_one_agency_alone_turns_nothing(signing: Signing) -> None:
    signing.arrest()
    ask = signing.ask("heightened")
    now = signing.now()
    assert (now.level, now.turn) == ("standard", None)
    (asked,) = now.asked
    assert asked.act.id == ask.id
    bello = signing.team.persons[BELLO]
    only_reads = replace(bello, roles=frozenset({Role.ANALYST}))
    answer = [may_answer(asked, one, signing.team) for one in (bello, only_reads)]
    assert answer == [True, False], "whoever signs nothing is not asked"


def test_two_agencies_turn_it_together(signing: Signing) -> None:
    signing.arrest()
    ask = signing.ask("heightened")
    agree = signing.agree(ask)
    now = signing.now()
    assert now.level == "heightened"
    assert now.until == date(2026, 12, 10)
    assert now.turn
    assert (now.turn.ask.id, now.turn.agree.id) == (ask.id, agree.id)
    assert now.asked == ()
    assert not now.for_forum


@pytest.mark.parametrize(
    "wrong",
    [
        {"author": SHAH},
        {"level": "hold"},
        {"reason": "Something else"},
        {"reason": ""},
        {"until": ""},
        {"agency": ""},
        {"agency": "police "},
        {"author": "nobody"},
        {"says": "asks"},
        {"agrees_with": ""},
        {WITHDRAWN: "Taken back at once"},
        {"acted_on": "2026-11-24"},
    ],
    ids=str,
)
def test_what_does_not_agree_turns_nothing(signing: Signing, wrong: dict[str, Json]) -> None:
    signing.arrest()
    signing.agree(signing.ask("heightened"), **wrong)  # type: ignore[arg-type]
    assert signing.now().level == "standard"


def test_an_act_that_names_itself_turns_nothing(signing: Signing) -> None:
    signing.arrest()
    ask = signing.ask("heightened", says="agrees")
    itself = replace_answers(ask, agrees_with=link(ask.id))
    assert posture_now([signing.held[0], itself], signing.team, DAY).level == "standard"


def test_heightened_lapses_to_standard_and_goes_to_the_forum(signing: Signing) -> None:
    signing.arrest()
    signing.agree(signing.ask("heightened"))
    assert signing.now(date(2026, 12, 10)).level == "heightened"
    after = signing.now(date(2026, 12, 11))
    assert after.level == "standard"
    assert after.for_forum
    assert after.turn
    assert after.turn.because is Fall.LAPSED


@pytest.mark.parametrize("level", ["support_only", "hold"])
def test_less_pressure_stays_when_it_lapses(signing: Signing, level: str) -> None:
    signing.agree(signing.ask(level))
    after = signing.now(date(2027, 3, 1))
    assert (after.level, after.for_forum) == (level, True)


def test_what_lapses_never_makes_more_of_what_stood_before_it(signing: Signing) -> None:
    signing.arrest()
    signing.agree(signing.ask("support_only", until="2026-12-31"))
    signing.agree(signing.ask("heightened", until="2026-11-30"))
    levels = [signing.now(date(2026, 11, day)).level for day in (9, 23, 30)]
    assert levels == ["standard", "heightened", "heightened"]
    assert signing.now(date(2026, 12, 1)).level == "support_only"


def test_nothing_holds_for_longer_than_half_a_year(signing: Signing) -> None:
    signing.arrest()
    signing.agree(signing.ask("heightened", until="9999-12-31"))
    assert signing.now(date(2027, 5, 11)).level == "heightened"
    assert signing.now(date(2027, 5, 12)).level == "standard"


@pytest.mark.parametrize("author", [OSEI, SHAH])
def test_either_agency_takes_its_word_back(signing: Signing, author: str) -> None:
    signing.arrest()
    signing.no(signing.agree(signing.ask("heightened")), author)
    assert signing.now().level == "standard"
    assert signing.now().for_forum


def test_a_third_agency_takes_nobodys_word_back(signing: Signing) -> None:
    signing.arrest()
    signing.no(signing.agree(signing.ask("heightened")), BELLO)
    assert signing.now().level == "heightened"


def test_taking_back_less_pressure_makes_no_more_of_it(signing: Signing) -> None:
    signing.no(signing.agree(signing.ask("support_only")), SHAH)
    assert (signing.now().level, signing.now().for_forum) == ("support_only", True)


def test_an_agency_that_said_no_may_agree_after_all(signing: Signing) -> None:
    signing.arrest()
    ask = signing.ask("heightened")
    signing.no(ask)
    assert [len(one.noes) for one in signing.now().asked] == [1]
    signing.agree(ask)
    assert signing.now().level == "heightened"


def test_what_was_asked_is_over_when_its_day_is_or_its_agency_takes_it_back(
    signing: Signing,
) -> None:
    ask = signing.ask("hold")
    assert signing.now(date(2026, 12, 11)).asked == ()
    signing.no(ask, SHAH)
    assert signing.now().asked == ()


def test_asking_anew_takes_the_place_of_ones_own_asking(signing: Signing) -> None:
    ask = signing.ask("hold")
    signing.ask("support_only", OSEI, supersedes=link(ask.id))
    assert len(signing.now().asked) == 2
    again = signing.ask("hold", supersedes=link(ask.id))
    assert [one.act.id for one in signing.now().asked][-1] == again.id
    assert len(signing.now().asked) == 2
    assert posture_now(signing.held[::-1], signing.team, DAY) == signing.now()


def test_what_takes_the_place_of_something_comes_after_it_whatever_the_clocks_say(
    signing: Signing,
) -> None:
    signing.arrest()
    second = signing.ask("hold")
    signing.agree(second)
    first = signing.ask("heightened")
    signing.agree(first)
    assert signing.now().level == "heightened"
    follows = replace_answers(second, supersedes=link(first.id))
    held = [follows if one.id == second.id else one for one in signing.held]
    assert posture_now(held, signing.team, DAY).level == "hold"


def test_heightened_needs_evidence_that_may_count(signing: Signing) -> None:
    signing.agree(signing.ask("heightened", evidence=["A feeling"]))
    now = signing.now()
    assert now.level == "standard"
    assert now.turn
    assert now.turn.because is Fall.EVIDENCE


@pytest.mark.parametrize(
    ("mark", "more", "level"),
    [
        ({}, {}, "standard"),
        ({"counts_for_pressure": "no"}, {}, "standard"),
        ({"counts_for_pressure": "yes"}, {}, "heightened"),
        ({"counts_for_pressure": "yes"}, {"audience": "health"}, "standard"),
    ],
)
def test_a_care_note_is_evidence_for_pressure_only_by_its_authors_word(
    signing: Signing, mark: Answers, more: dict[str, str], level: str
) -> None:
    made = signing.make("note", b"c" * 16, author=OSEI, headline="Told me", **mark, **more)
    signing.held.append(made)
    signing.agree(signing.ask("heightened", evidence_of=[link(made.id)]))
    assert signing.now().level == level


def test_somebody_elses_yes_counts_for_nothing(signing: Signing) -> None:
    said = signing.add("note", OSEI, headline="Told me")
    other = Live(said.live[0].at + 5, 8, 1, 0, {"counts_for_pressure": "yes"})
    theirs = Record(said.id, "note", said.client, "partners", OSEI, [*said.live, other], said.trail)
    assert not counts_for_pressure(theirs)
    own = Live(said.live[0].at + 5, 7, 2, 0, {"counts_for_pressure": "yes"})
    assert counts_for_pressure(replace_live(said, [*said.live, own]))
    no = Live(said.live[0].at, 7, 1, 0, {"counts_for_pressure": "no"})
    assert not counts_for_pressure(replace_live(said, [no, own]))


@pytest.mark.parametrize("name", ["account", "visit", "need", "clinical_note", "something_newer"])
def test_no_other_kind_of_care_work_is_evidence_for_pressure(signing: Signing, name: str) -> None:
    assert not counts_for_pressure(signing.add(name, OSEI, counts_for_pressure="yes"))


def test_the_forum_sees_what_lapses_soon_and_what_has(signing: Signing) -> None:
    signing.agree(signing.ask("hold"))
    held, team = signing.held, signing.team
    seen = {
        days: lapsing(held, team, date(2026, 12, 10) + timedelta(days=days), within=14)
        for days in (-20, -14, 0, 1)
    }
    assert seen[-20] is None
    assert all(seen[days] for days in (-14, 0, 1))


def test_who_has_left_every_list_is_on_the_board_no_more(signing: Signing) -> None:
    signing.agree(signing.ask("hold"))
    spell = signing.add("cohort", cohort="demand_side", started_on="2026-06-01")
    after = datetime.fromisoformat("2026-12-20T09:00")
    look = Look(Facts((), signing.team), signing.team.persons[OSEI], after)
    client = signing.make("client", b"c" * 16, surname="Hartnoll", forename="Liam")

    def on_board() -> list[str]:
        return [one.kind for one in board().rows(CaseFile(client, tuple(signing.held)), look)]

    assert on_board() == [LAPSE]
    signing.held[-1] = replace_answers(spell, ended_on="2026-12-19")
    assert on_board() == []


def test_who_moves_to_the_other_agency_never_makes_more_pressure(signing: Signing) -> None:
    signing.arrest()
    signing.agree(signing.ask("support_only"))
    moved = with_agencies(signing.team, {OSEI: "Police"})
    assert posture_now(signing.held, moved, DAY).level == "support_only"
    signing.agree(signing.ask("heightened"))
    assert posture_now(signing.held, signing.team, DAY).level == "heightened"
    assert posture_now(signing.held, moved, DAY).level == "support_only"


def test_every_order_of_three_turns_gives_one_posture(signing: Signing) -> None:
    signing.arrest()
    for level in ("hold", "heightened", "standard"):
        signing.agree(signing.ask(level))
    assert {signing.now().level} == {
        posture_now([one for pair in order for one in pair], signing.team, DAY).level
        for order in permutations((signing.held[:1], signing.held[1:4], signing.held[4:]))
    }


def test_an_agency_takes_its_word_back_before_and_after_it_counted(signing: Signing) -> None:
    people = signing.team.persons

    def of(who: str) -> RecordId | None:
        found = to_take_back(signing.now(), people[who], signing.team)
        return found.id if found else None

    signing.arrest()
    ask = signing.ask("heightened")
    assert (of(SHAH), of(OSEI)) == (ask.id, None), "only what one's own agency asked for"
    signing.no(ask, SHAH)
    assert signing.now().asked == ()
    agree = signing.agree(signing.ask("heightened"))
    assert (of(SHAH), of(OSEI), of(BELLO)) == (agree.id, agree.id, None)
    signing.no(agree, OSEI)
    assert (signing.now().level, signing.now().for_forum) == ("standard", True)
    assert of(SHAH) is None, "nothing holds that could be taken back"
    ended = signing.now(date(2027, 2, 1)).turn
    assert ended
    assert ended.because is Fall.TAKEN_BACK, "that its day is over too changes nothing"
    agree = signing.agree(signing.ask("support_only"))
    signing.no(agree, SHAH)
    assert signing.now().level == "support_only", "never upwards"
