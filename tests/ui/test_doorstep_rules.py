# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the doorstep works out: readers, safe contact, what follows a try, what goes where."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop_app.casework.audience import HEALTH, PARTNERS, POLICE
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Record, link
from desktop_app.casework.safe_contact import safe_lines
from tests.ui.office import BELLO, LUND, NOW, OSEI, SHAH, Office, small_team
from ui.pages.doorstep_answers import account_answers, problems, step_moment, visit_answers
from ui.pages.doorstep_follows import Follows, after_a_try
from ui.pages.doorstep_readers import may_narrow_to, reader_lines
from ui.pages.doorstep_safety import left_warning, may_not_leave

TEAM = small_team()


def told(lines: object) -> list[tuple[str, bool]]:
    return [(one.names, one.sees_all) for one in lines]  # type: ignore[attr-defined]


# Who can read it


def test_who_reads_is_what_the_roster_says() -> None:
    me = TEAM.persons[OSEI]
    assert told(reader_lines(PARTNERS, TEAM, me)) == [
        ("You and K. Lund", True),
        ("A. Bello", True),
        ("M. Lowe", True),
        ("PC R. Shah", True),
    ]
    gone = replace(TEAM.persons[LUND], active=False)
    team = Team(TEAM.id, TEAM.name, {**TEAM.persons, LUND: gone}, TEAM.devices)
    assert told(reader_lines(PARTNERS, team, me))[0] == ("You", True)


def test_kept_to_health_the_officer_who_was_there_is_said_to_write_their_own() -> None:
    me = TEAM.persons[BELLO]
    lines = reader_lines(HEALTH, TEAM, me, event=PARTNERS, there=[BELLO, SHAH])
    by_name = {one.names: one for one in lines}
    assert by_name["You"].sees_all
    assert not by_name["PC R. Shah"].sees_all
    assert "an account of their own" in by_name["PC R. Shah"].beneath
    assert by_name["M. Lowe"].beneath == "outcome and next step"


def test_an_author_narrows_only_to_groups_they_belong_to() -> None:
    account = form("account")
    assert may_narrow_to(account, TEAM.persons[OSEI]) == [PARTNERS]
    assert may_narrow_to(account, TEAM.persons[SHAH]) == [PARTNERS, POLICE]
    assert may_narrow_to(account, TEAM.persons[BELLO]) == [PARTNERS, HEALTH]


# Safe contact


def test_what_was_answered_no_is_a_prohibition_and_what_was_not_asked_is_nothing() -> None:
    client: Answers = {
        "find_the_door": "Side door, not the shop",
        "phone": "07700 900318",
        "may_text": "yes",
        "safe_times": "after 10:00",
        "may_ring": "no",
        "may_write": "no",
        "may_leave_message": "not_asked",
        "say_instead": "housing visit",
    }
    assert [(one.kind, one.words) for one in safe_lines(client)] == [
        ("do", "Side door, not the shop"),
        ("do", "Text 07700 900318. After 10:00"),
        ("dont", "No calls, letters or cards"),
        ("say", "If others answer: “housing visit”"),
    ]
    assert safe_lines({}) == []


@pytest.mark.parametrize(
    ("text", "ring", "phone", "words"),
    [
        ("yes", "yes", "07700 900318", ["Text or ring 07700 900318"]),
        ("not_asked", "yes", "07700 900318", ["Ring 07700 900318"]),
        ("yes", "yes", "", ["Texts and calls are safe"]),
        ("yes", "not_asked", "", ["Texts are safe"]),
        ("not_asked", "yes", "", ["Calls are safe"]),
        ("not_asked", "not_asked", "07700 900318", []),
    ],
)
def test_how_to_reach_them_is_a_sentence_with_or_without_a_number(
    text: str, ring: str, phone: str, words: list[str]
) -> None:
    client: Answers = {"may_text": text, "may_ring": ring, "phone": phone}
    assert [one.words for one in safe_lines(client)] == words


def test_what_may_not_be_left_follows_from_the_safe_contact_answers() -> None:
    client: Answers = {"may_write": "no", "may_text": "yes"}
    assert may_not_leave(client) == {"card", "letter"}
    assert left_warning(client, []) == ("Safe contact says no to: card, letter", "warn")
    words, tone = left_warning(client, ["card"])
    assert (tone, "card" in words) == ("bad", True)
    words, tone = left_warning({}, ["voicemail"])
    assert "never asked" in words
    assert left_warning({"may_text": "yes"}, ["text"]) == ("", "warn")


# What follows a try


@pytest.fixture
def follows(office: Office):  # type: ignore[no-untyped-def]
    lee = office.client()

    def ask(why_not: str = "", now: datetime = NOW) -> Follows:
        records = tuple(
            record for name in ("visit", "setting", "assignment") for record in office.of(lee, name)
        )
        file = CaseFile(office.record(lee), records)
        look = Look(Facts((file,), TEAM), TEAM.persons[OSEI], now)
        return after_a_try(file, look, why_not=why_not)

    ask.lee = lee  # type: ignore[attr-defined]
    return ask


def visited(office: Office, client: bytes, at: str, outcome: str) -> None:
    state = "tried" if outcome == "not_seen" else "done"
    answers = {"at": at, "state": state, "kind": "home", "people": [OSEI], "outcome": outcome}
    office.save("visit", answers, client=client)


def test_tries_are_counted_since_somebody_was_last_seen(office: Office, follows) -> None:  # type: ignore[no-untyped-def]
    visited(office, follows.lee, "2026-11-01T10:00", "not_seen")
    visited(office, follows.lee, "2026-11-10T15:00", "seen")
    assert "Last seen 13 days ago, Tue 10 Nov. The first try since then." in follows().words
    visited(office, follows.lee, "2026-11-22T10:00", "not_seen")
    assert "2 tries since then." in follows().words


def test_the_limit_is_the_one_of_where_the_client_is(office: Office, follows) -> None:  # type: ignore[no-untyped-def]
    visited(office, follows.lee, "2026-11-10T15:00", "seen")
    office.save("setting", {"setting": "community", "from_on": "2026-01-01"}, client=follows.lee)
    assert follows().limit == "Next limit: be seen by Tue 24 Nov, within 14 days."
    later = follows(now=NOW + timedelta(days=3))
    assert later.limit == "Was to be seen by Tue 24 Nov: the limit here is 14 days."
    assert later.late
    office.save("setting", {"setting": "sentenced", "from_on": "2026-11-20"}, client=follows.lee)
    assert follows().limit == "Next limit: be seen by Tue 8 Dec, within 28 days."


def test_where_no_limit_holds_none_is_invented(office: Office, follows) -> None:  # type: ignore[no-untyped-def]
    visited(office, follows.lee, "2026-11-10T15:00", "seen")
    setting = {"setting": "deceased", "from_on": "2026-11-20"}
    office.save("setting", setting, client=follows.lee)
    assert follows().limit == ""
    assert "No key worker" not in follows().words


def test_nobody_is_said_to_have_been_seen_who_was_not(follows) -> None:  # type: ignore[no-untyped-def]
    said = follows()
    assert said.words == "No key worker or nurse has seen them yet. The first try recorded."
    assert said.limit == ""


@pytest.mark.parametrize(
    ("why_not", "head"),
    [
        ("in_custody", "Record where they are now: support goes on there."),
        ("not_safe", "Set a safety alert, so that nobody else knocks."),
        ("no_answer", "This is a try, not a missed appointment."),
    ],
)
def test_a_reason_that_calls_for_something_is_said_first(follows, why_not: str, head: str) -> None:  # type: ignore[no-untyped-def]
    assert follows(why_not).head == head


# Two records from one screen

TYPED: Answers = {
    "seen": "seen",
    "kind": "home",
    "at": "2026-11-23T15:04",
    "minutes": 20,
    "people": [OSEI, SHAH],
    "note": "Let us in.",
    "offers": {"naloxone": "took_it"},
    "next_step": "Ring housing",
    "next_step_on": "2026-11-26",
    "next_step_with": [OSEI],
}


def held(**answers: object) -> Record:
    office_record = Record(b"v" * 16, "visit", b"c" * 16, "partners", SHAH, [])
    office_record.__dict__["answers"] = answers
    return office_record


def test_outcome_and_next_step_go_to_the_visit_and_the_words_to_the_account() -> None:
    visit = visit_answers(TYPED, None, joined=False)
    account = account_answers(TYPED, None, b"v" * 16)
    assert (visit["outcome"], visit["state"], visit["next_step"]) == (
        "seen",
        "done",
        "Ring housing",
    )
    assert "note" not in visit
    assert account == {
        "visit": link(b"v" * 16),
        "seen": "seen",
        "note": "Let us in.",
        "offers": {"naloxone": "took_it"},
    }


def test_joining_never_alters_what_the_colleague_recorded() -> None:
    theirs = held(outcome="not_seen", state="tried", at="2026-11-23T15:00", people=[SHAH])
    joined = visit_answers(TYPED, theirs, joined=True)
    assert {"outcome", "state", "at", "kind"}.isdisjoint(joined)
    assert joined["people"] == [SHAH, OSEI]
    assert joined["next_step"] == "Ring housing"
    decided = held(people=[SHAH], next_step="Theirs", minutes=35)
    assert visit_answers(TYPED, decided, joined=True) == {"people": [SHAH, OSEI]}


def test_a_visit_without_a_next_step_says_nothing_of_one() -> None:
    visit = visit_answers({**TYPED, "next_step": None, "next_step_on": None}, None, joined=False)
    assert not any(name.startswith("next_step") for name in visit)


def test_an_offer_without_its_answer_is_asked_for_only_where_offers_count() -> None:
    typed: Answers = {**TYPED, "offers": {"naloxone": None}}
    (problem,) = problems(typed, "Lee", NOW)
    assert problem.message == "Say what Lee answered to: Naloxone kit."
    assert problems({**typed, "seen": "not_seen"}, "Lee", NOW) == []


def test_problems_come_in_the_order_of_the_screen() -> None:
    typed: Answers = {**TYPED, "at": "2026-11-24T10:00", "next_step_on": None, "minutes": -3}
    assert [one.field for one in problems(typed, "Lee", NOW)] == [
        "at",
        "minutes",
        "next_step_on",
    ]


def test_the_time_of_a_next_step_is_kept_where_there_is_one() -> None:
    day: Answers = {"next_step_on": "2026-11-26"}
    assert step_moment(day) == "2026-11-26"
    assert step_moment({**day, "next_step_time": "10:00"}) == "2026-11-26T10:00"
    assert step_moment({**day, "next_step_time": "after lunch"}) == "2026-11-26"
