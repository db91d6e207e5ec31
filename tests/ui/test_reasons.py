# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why somebody looks, how often, and what is written of recording and altering."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.casework.records import Edit, link
from tests.logged import logged
from tests.ui.watched import NAME, POLICE, Case, Watched, words_shown
from ui.places import Place


def test_what_is_kept_to_the_police_waits_for_a_reason_and_the_rest_does_not(
    case: Case, watched: Watched
) -> None:
    watched.open(case.place("client"))
    assert POLICE not in watched.words()
    assert NAME in watched.words()
    assert watched.book.why.isVisible()
    assert "1 record here is kept to the police" in watched.book.why.text()
    assert case.police.hex() not in str([one.answers for one in watched.entries()])
    watched.book.why._give("custody")
    watched.settle()
    assert POLICE in watched.words()
    assert watched.book.why.isHidden()
    entry = watched.entries("consultation")[-1]
    assert entry.answers["reason"] == "custody"
    assert entry.answers["records"] == [case.police.hex(), case.health.hex()] or (
        case.police.hex() in entry.answers["records"]  # type: ignore[operator]
    )
    assert "police" in entry.answers["audiences"]  # type: ignore[operator]


def test_another_reason_is_given_in_words(case: Case, watched: Watched) -> None:
    watched.open(case.place("client"))
    watched.book.why._give("other")
    watched.settle()
    assert POLICE not in watched.words(), "nothing was said"
    watched.dialogs.answers["ask_text"] = "Handover to the night shift"
    watched.book.why._give("other")
    watched.settle()
    entry = watched.entries("consultation")[-1]
    assert entry.answers["reason_words"] == "Handover to the night shift"
    assert POLICE in watched.words()


def test_what_one_wrote_oneself_needs_no_reason(case: Case, watched: Watched) -> None:
    mine = Edit(
        "note", b"\x01" * 16, case.client, "police",
        {"headline": "ownwords", "happened_at": "2026-11-22T10:00"},
    )  # fmt: skip
    case.store.save([mine], now_ms=case.clock.now_ms())
    watched.open(case.place("client"))
    assert "ownwords" in watched.words()
    assert POLICE not in watched.words()


def test_the_question_goes_with_the_client(case: Case, watched: Watched) -> None:
    watched.open(case.place("client"))
    watched.open(Place("settings"))
    assert watched.book.why.isHidden()


def test_the_caseload_is_not_counted_wrongly_while_something_is_kept_back(
    case: Case, watched: Watched
) -> None:
    before = case.store.rows("SELECT client, last_seen, alerts FROM caseload")
    watched.open(case.place("client"))
    watched.open(Place("clients"))
    after = watched.session.work(
        lambda store: store.rows("SELECT client, last_seen, alerts FROM caseload")
    ).result()
    assert after == before


# --- what it costs


def test_looking_again_writes_nothing(case: Case, watched: Watched) -> None:
    watched.open(case.place("client"))
    before = len(watched.entries())
    for _again in range(5):
        watched.open(Place("settings"))
        watched.open(case.place("client"))
    assert len(watched.entries()) == before
    case.clock.later(11)
    watched.open(Place("settings"))
    watched.open(case.place("client"))
    counts = [one.answers for one in watched.entries()[before:]]
    assert {"times": 6} in counts


def test_counts_are_written_when_the_casebook_closes(case: Case, watched: Watched) -> None:
    watched.open(case.place("client"))
    watched.open(Place("settings"))
    watched.open(case.place("client"))
    watched.session._consulting.finish(case.store)
    assert {"times": 2} in [one.answers for one in logged(case.store)]


def test_entries_are_not_counted_as_work_to_share(case: Case, watched: Watched) -> None:
    case.office.share()
    watched.open(case.place("client"))
    assert watched.entries()
    watched.open(Place("settings"))
    watched.book._count()
    watched.settle()
    assert "1 change" not in words_shown(watched.window)


# --- a client who is not one's own


def rule_on(case: Case, answer: str = "yes") -> None:
    case.office.save("team_rule", {"decided_on": "2026-11-01", "ask_why": answer}, client=b"")


def test_nobody_is_asked_about_others_clients_where_the_coordinator_does_not_want_it(
    case: Case, watched: Watched
) -> None:
    other = case.office.client("Dent", "Devi")
    rule_on(case, "no")
    watched.open(Place("client", client=other))
    assert watched.book.why.isHidden()
    assert watched.entries("consultation")[-1].answers["reason"] == "casework"


def test_one_key_says_why_from_wherever_one_is_on_the_page(case: Case, watched: Watched) -> None:
    other = case.office.client("Dent", "Devi")
    watched.open(Place("client", client=other))
    why, focus = watched.book.why, QApplication.focusWidget()
    assert focus is not None
    assert not why.isAncestorOf(focus), "nobody has to leave what they are at"
    QTest.keyClick(focus, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    watched.qtbot.waitUntil(why.isHidden)
    watched.settle()
    assert QApplication.focusWidget() is focus
    assert watched.entries("consultation")[-1].answers["reason"] == "safety"


def test_somebody_elses_client_is_shown_and_asked_about(case: Case, watched: Watched) -> None:
    other = case.office.client("Dent", "Devi")
    watched.open(Place("client", client=other))
    assert "DENT" in watched.words(), "nothing waits for the answer"
    assert "not one of your clients" in watched.book.why.text()
    entry = watched.entries("consultation")[-1]
    assert entry.answers["reason"] == "not_said"
    watched.book.why._give("planned_visit")
    watched.settle()
    assert watched.book.why.isHidden()
    said = watched.entries("consultation")[-1]
    assert (said.record, said.answers) == (entry.record, {"reason": "planned_visit"})
    watched.open(Place("visit", client=other))
    assert watched.book.why.isHidden(), "it holds until the casebook is locked"
    assert watched.entries("consultation")[-1].answers["reason"] == "planned_visit"


def test_nothing_is_asked_on_a_page_that_is_turned_to_the_client(
    case: Case, watched: Watched
) -> None:
    other = case.office.client("Dent", "Devi")
    watched.open(Place("plan", client=other))
    assert watched.book.why.isVisible()
    watched.open(Place("plan_shown", client=other))
    assert watched.book.why.isHidden()
    assert "not one of your clients" not in words_shown(watched.window)
    watched.open(Place("plan", client=other))
    assert watched.book.why.isVisible(), "it waited"


def test_ones_own_client_is_asked_about_for_the_police_records_only(
    case: Case, watched: Watched
) -> None:
    watched.open(case.place("client"))
    assert "1 record here is kept to the police" in watched.book.why.text()
    assert watched.entries("consultation")[-1].answers["reason"] == "casework"


def test_what_nobody_answers_stays_said_as_such(case: Case, watched: Watched) -> None:
    other = case.office.client("Dent", "Devi")
    watched.open(Place("client", client=other))
    watched.open(Place("settings"))
    assert watched.book.why.isHidden()
    assert [one.answers["reason"] for one in watched.entries("consultation")] == ["not_said"]


def test_a_rule_that_is_decided_anew_counts_as_it_was_decided_last(
    case: Case, watched: Watched
) -> None:
    other = case.office.client("Dent", "Devi")
    rule_on(case, "no")
    case.clock.later()
    rule_on(case)
    watched.open(Place("client", client=other))
    assert watched.book.why.isVisible()


# --- what is recorded or altered


def test_that_something_kept_to_some_was_recorded_is_written_with_it(
    case: Case, watched: Watched
) -> None:
    session = watched.session
    note = session.new_record()
    session.save(
        [session.edit("note", {"headline": "x"}, client=case.client, record=note,
                      narrowed_to="police")]
    )  # fmt: skip
    watched.settle()
    (entry,) = watched.entries("alteration")
    assert entry.answers["how"] == "recorded"
    assert entry.answers["fields"] == ["headline"]
    assert entry.answers["records"] == [link(note)]


def test_what_all_partners_may_read_is_saved_without_another_entry(
    case: Case, watched: Watched
) -> None:
    session = watched.session
    session.save([session.edit("note", {"headline": "x"}, client=case.client)])
    watched.settle()
    assert watched.entries("alteration") == []
