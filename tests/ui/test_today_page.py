# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today: the sentence, the week, what is to finish, and what a small window shows."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework import chain
from desktop_app.casework.chain import Chain, Part
from desktop_app.casework.due import Due, Group
from desktop_app.casework.people import Team
from storage import ledger
from tests.ui.morning import TODAY, Morning, plan, stands_by
from tests.ui.office import BELLO, LOWE, OSEI, SHAH, Office, OfficeClock, feed_of
from tests.ui.watched import words_shown
from ui.kit.chip import ChipText
from ui.kit.keycap import Keycap
from ui.kit.labels import Words
from ui.kit.pills import Pill
from ui.kit.row import Lead, Row, RowAnswer, RowItem
from ui.pages import today_facts
from ui.pages.today_chain import TIGHT, TIGHTER, TIGHTEST, WHOLE, ChainStrip, Link
from ui.pages.today_head import Taught, TodayHead
from ui.pages.today_missed import chain_strip
from ui.pages.today_missed import strip as links_of
from ui.pages.today_week import WeekEntry, WeekLine
from ui.places import Place
from ui.session import Session

MORNING = datetime.fromisoformat("2026-11-23T09:00")


def test_the_sentence_counts_by_the_rule(morning: Morning, office: Office) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    assert morning.sentence() == "One visit. Nothing is late."


def test_nothing_reassuring_is_said_while_something_has_not_arrived(
    morning: Morning, office: Office
) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    with office.store.transaction():
        shah, bello = feed_of(SHAH), feed_of(BELLO)
        ledger.add_seen(office.store, [(shah.number, bello.number, 7, b"x" * 16)])
    morning.open()
    assert "Nothing is late" not in morning.sentence()
    assert "has not reached this laptop" in morning.sentence()


def test_an_empty_today_says_what_will_stand_here(morning: Morning) -> None:
    morning.open()
    assert morning.page._nothing.isVisible()
    assert "Nothing that has reached this laptop is due" in morning.page._nothing.accessibleName()


def test_drafts_and_what_waits_to_be_shared_are_to_finish(
    morning: Morning, office: Office, session: Session
) -> None:
    lee = office.client()
    session.keep_draft("note", {"note": "Rang, no answer yet"}, client=lee)
    morning.open()
    morning.answer("CROFT", "Carry on")
    assert morning.went[-1] == Place("record", client=lee, form="note")
    morning.answer("To share", "Share now")
    assert morning.went[-1] == Place("sharing")


def test_missed_appointments_stand_with_their_chain(morning: Morning, office: Office) -> None:
    lee = office.client()
    stands_by(office, lee, "2026-11-01")
    for day in ("2026-11-10", "2026-11-17"):
        office.colleague(
            BELLO,
            "appointment",
            {"kind": "nurse", "booked_for": f"{day}T10:00", "state": "not_attended"},
            client=lee,
        )
    morning.open()
    strip = morning.row("CROFT").findChild(ChainStrip)
    assert strip is not None
    said = strip.accessibleName()
    assert "2 missed, Tue 17 Nov, done" in said
    assert "Tell them, K. Osei, by Wed 18 Nov, now" in said
    assert "Visit, K. Osei, later" in said


def test_a_chain_leaves_words_out_before_it_cuts_any_short(qtbot: QtBot) -> None:
    done = [Link("2 missed", "Thu 12 Nov", done=True), Link("Told", "A. Bello, Fri 13", done=True)]
    strip = ChainStrip([*done, Link("Visit", "by Fri 20"), Link("Forum", "")])
    qtbot.addWidget(strip)
    for room in (WHOLE, TIGHT, TIGHTER, TIGHTEST):
        words = [strip._wide(number, room) for number in range(4)]
        strip.resize(sum(words), strip.height())
        assert strip._room_of_links()[0] == words
    strip.resize(strip.width() - 12, strip.height())
    cut = [before - now for before, now in zip(words, strip._room_of_links()[0], strict=True)]
    assert cut == [12, 0, 0, 0], "the longest gives way"


def a_chain(worker: str) -> Chain:
    """Return one that went all the way to the forum, with a key worker or with none."""
    at, day = datetime.fromisoformat("2026-11-13T10:00"), date(2026, 11, 26)
    links = (
        chain.Link(Part.TELL, BELLO, day, at, BELLO),
        chain.Link(Part.WORKER, worker, day, at if worker else None, worker),
        chain.Link(Part.POLICE, SHAH, day, at, SHAH),
        chain.Link(Part.VISIT, worker, day, at, SHAH),
        chain.Link(Part.OUTCOME, worker, day),
        chain.Link(Part.FORUM, LOWE, day),
    )
    return Chain(day, day, 2, links, visits=1, seen=False, for_forum=True)


def test_no_link_of_a_long_chain_is_cut_in_the_smallest_window(
    qtbot: QtBot, team: Team, look: None
) -> None:
    strip = chain_strip(a_chain(OSEI), team, MORNING)
    qtbot.addWidget(strip)
    strip.resize(617, strip.height())
    wides, tight, bare = strip._room_of_links()
    assert not bare
    assert wides == [strip._wide(number, tight) for number in range(len(wides))]


def test_a_strip_beside_a_panel_shows_marks_before_it_cuts_words_to_a_letter(
    qtbot: QtBot,
) -> None:
    done = [Link(words, "", done=True) for words in ("2 missed", "Told", "K. Osei")]
    live = Link("PC R. Shah", "recalled to prison")
    strip = ChainStrip([*done, live, Link("Seen", "", done=True), Link("What came of it?", "")])
    qtbot.addWidget(strip)
    for width in range(300, 800, 20):
        strip.resize(width, strip.height())
        wides, tight, bare = strip._room_of_links()
        kept = [min(strip._wide(at, tight), 58) for at in range(len(wides)) if at != 3]
        left = [wide for at, wide in enumerate(wides) if at != 3]
        assert bare or all(now >= least for now, least in zip(left, kept, strict=True)), width


def test_a_duty_nobody_has_says_who_is_to_give_it(team: Team) -> None:
    drawn = links_of(a_chain(""), team, now=MORNING)[2]
    assert (drawn.what, drawn.beneath) == ("No key worker", "M. Lowe names one")


def test_who_records_no_visits_is_offered_nothing_of_them(qtbot: QtBot) -> None:
    said = []
    for visits in (True, False):
        head = TodayHead(visits=visits)
        qtbot.addWidget(head)
        head.show()
        said.append("Visit pack" in words_shown(head))
    assert said == [True, False]


def test_a_row_asks_for_no_more_height_than_it_takes(qtbot: QtBot) -> None:
    answers = (RowAnswer("one", "Done today"), RowAnswer("other", "Another day"))
    chips = (ChipText("12 days over", "warn"),) * 2
    row = Row(RowItem("k", Lead("user"), "CHOLMONDELEY, Bartholomew", "", chips, answers=answers))
    qtbot.addWidget(row)
    assert row.heightForWidth(row.sizeHint().width()) > row.heightForWidth(1000)
    assert row.sizeHint().height() == row.heightForWidth(1000), "or its list scrolls for nothing"


def test_the_week_leads_to_its_clients(morning: Morning, office: Office) -> None:
    lee = office.client()
    plan(office, lee, "2026-11-25T11:00")
    morning.open()
    line = next(one for one in morning.page.week.lines if "CROFT" in one.text())
    assert line.accessibleName() == "Wed 25 11:00, CROFT, home"
    line.click()
    assert morning.went == [Place("client", client=lee)]


def test_what_arrives_shows_at_once_but_not_to_a_page_nobody_sees(
    morning: Morning, office: Office, session: Session
) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    session.changed.emit(frozenset({lee}))
    morning.settle()
    assert "CROFT, Leanne" in morning.names()
    morning.page.hide()
    plan(office, office.client("Bell"), f"{TODAY}T16:30")
    session.changed.emit(frozenset())
    assert not session.busy


def test_in_a_narrow_window_the_week_stands_beneath_and_jumps_are_offered(
    morning: Morning, office: Office, clock: OfficeClock
) -> None:
    lee = office.client()
    office.save(
        "need",
        {
            "domain": "housing",
            "what": "Form",
            "owner": OSEI,
            "raised_on": TODAY,
            "due_on": TODAY,
        },
        client=lee,
    )
    morning.open()
    morning.page.resize(820, 560)
    assert morning.page._inner.indexOf(morning.page.week) >= 0
    assert morning.page.head._jumping.isVisible()
    morning.page.resize(1178, 700)
    assert morning.page._inner.indexOf(morning.page.week) < 0


def test_tab_comes_to_one_row_only(morning: Morning, office: Office) -> None:
    for surname in ("Abbot", "Bell"):
        stands_by(office, office.client(surname), "2026-10-01")
    morning.open()
    tab = Qt.FocusPolicy.TabFocus
    reachable = [
        row.item().name for row in morning.page.rows.rows.values() if row.focusPolicy() & tab == tab
    ]
    assert len(reachable) == 1


def test_two_answers_wait_on_today_until_somebody_decides(morning: Morning, office: Office) -> None:
    lee = office.client()
    stands_by(office, lee, TODAY)
    need = office.save(
        "need", {"domain": "housing", "what": "Form", "raised_on": TODAY}, client=lee
    )
    office.colleague(SHAH, "need", {"what": "Flat"}, client=lee, record=need, saw=False)
    morning.open()
    assert morning.chips("CROFT") == ["Two answers"]
    assert "you and PC R. Shah answered the same question" in morning.row("CROFT").item().spoken()
    morning.answer("CROFT", "Look at both")
    assert morning.went == [Place("twice", record=need)]


def test_two_answers_about_somebody_elses_client_are_not_mine(
    morning: Morning, office: Office
) -> None:
    lee = office.client()
    need = office.colleague(
        BELLO, "need", {"domain": "housing", "what": "Form", "raised_on": TODAY}, client=lee
    )
    office.colleague(
        SHAH, "need", {"what": "Flat"}, client=lee, record=need, without=[feed_of(BELLO).number]
    )
    assert office.record(need).conflicts
    morning.open()
    assert "CROFT, Leanne" not in morning.names()


def test_the_focus_begins_on_the_first_row(morning: Morning, office: Office) -> None:
    for surname in ("Abbot", "Bell"):
        stands_by(office, office.client(surname), "2026-10-01")
    morning.page.week.setFocus()
    morning.open()
    assert morning.row("ABBOT").hasFocus()


def test_a_line_of_the_week_takes_a_second_line_rather_than_cut_its_words(qtbot: QtBot) -> None:
    line = WeekLine(WeekEntry("k", "10:40", "BARROW-LANE, release meeting"), "Tue 24")
    qtbot.addWidget(line)
    line.resize(400, line.height())
    line.show()
    low = line.height()
    line.resize(160, low)
    assert line.height() > low


def test_the_focus_begins_on_a_client_where_something_else_comes_first(
    morning: Morning, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = Due(Group.FIRST, "share", b"", b"", "A backup")
    monkeypatch.setattr(today_facts, "of_laptop", lambda _facts, _now: [backup])
    morning.page.week.setFocus()
    morning.open()
    assert morning.row("A backup").hasFocus(), "there is nothing else"
    for surname in ("Abbot", "Bell"):
        stands_by(office, office.client(surname), "2026-10-01")
    morning.open()
    assert morning.names()[0] == "A backup"
    assert morning.row("ABBOT").hasFocus()
    morning.page.rows.go_to(morning.row("BELL").item().key)
    morning.open()
    assert morning.row("BELL").hasFocus(), "where it was left"


def test_the_keys_taught_are_those_of_the_row_the_keyboard_is_on(
    morning: Morning, office: Office
) -> None:
    lee, bell = office.client(), office.client("Bell")
    plan(office, lee, f"{TODAY}T15:30", kind="phone")
    office.save("need", {"what": "Form", "owner": OSEI, "due_on": TODAY}, client=bell)
    morning.open()
    assert taught(morning) == "↑ ↓ move S spoke N no answer R rebook Enter open"
    morning.page.rows.go_to(morning.row("BELL").item().key)
    assert taught(morning) == "↑ ↓ move S done Enter open"
    morning.press("CROFT", Qt.Key.Key_S)
    assert taught(morning) == "↑ ↓ move U undo Enter open"


def taught(morning: Morning) -> str:
    """Return the line that teaches keys, as it is seen a moment later."""
    keys = morning.page.head._keys
    QCoreApplication.processEvents()
    shown = [one for one in keys.findChildren(QWidget) if one.isVisible()]
    said = [
        one.key if isinstance(one, Keycap) else one.text()
        for one in shown
        if isinstance(one, Keycap | Words)
    ]
    return " ".join(said)


def test_taught_keys_are_left_out_where_they_have_no_room(qtbot: QtBot) -> None:
    keys = Taught()
    qtbot.addWidget(keys)
    keys.set_keys([("A", "attended"), ("D", "did not attend"), ("C", "cancelled")])
    whole = keys.sizeHint()
    for wide, stand in ((whole.width(), 3), (whole.width() - 1, 2), (20, 0), (whole.width(), 3)):
        keys.resize(wide, whole.height())
        keys.show()
        seen = [one for one in keys.findChildren(Words) if one.isVisible()]
        assert len(seen) == stand
        assert all(one.width() >= one.sizeHint().width() for one in seen)


def test_where_the_jumps_have_no_room_they_fold_and_are_never_cut(qtbot: QtBot) -> None:
    head = TodayHead()
    qtbot.addWidget(head)
    head.set_sentence("Wednesday 23 September", [])
    head.set_jumps([(one, "12 coming out", "door-open") for one in Group])
    head.set_small(small=True)
    for wide in (1400, 800, 560):
        head.resize(wide, 80)
        head.show()
        pills = [one for one in head.findChildren(Pill) if one.isVisible()]
        assert all(one.width() == one.sizeHint().width() for one in pills)
        assert all(one.mapTo(head, one.rect().topRight()).x() < wide for one in pills)
    assert len(pills) < len(Group)
