# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keep or erase: what is due and why, and a decision on somebody's authority."""

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from desktop_app.casework.records import Answers
from desktop_app.casework.reference import reference
from desktop_app.casework.retention import RETENTION
from storage import ledger, reads
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.dialogs import Dialogs
from ui.pages.retention import RetentionPage
from ui.pages.retention_panel import DecisionPanel
from ui.places import Place
from ui.session import Session

SEVEN_YEARS_MS = 7 * 366 * 24 * 3_600_000


def page_of(crew: Crew) -> RetentionPage:
    def make(session: Session, dialogs: Dialogs, **_more: object) -> RetentionPage:
        return RetentionPage(session, dialogs)

    return crew.show(make)


def old_client(crew: Crew) -> bytes:
    """Give a client nobody has written about for seven years."""
    client = crew.four.ann.save("client", {"surname": "Quillfeather", "forename": "Ada"})
    crew.four.ann.save("note", {"headline": "Seen", "note": "words"}, client=client)
    crew.four.everybody_exchanges()
    crew.four.clock.later(SEVEN_YEARS_MS)
    return client


def panel_of(page: RetentionPage) -> DecisionPanel:
    panel = page.beside.panel
    assert isinstance(panel, DecisionPanel)
    return panel


def answer(panel: DecisionPanel, **answers: str) -> None:
    for name, words in answers.items():
        held = panel.view.findChild(QWidget, name)
        assert isinstance(held, QWidget)
        field = held if isinstance(held, QLineEdit) else held.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, words)
        key(Qt.Key.Key_Tab)


def decisions(crew: Crew) -> list[Answers]:
    return [one.answers for one in reads.records(crew.laptop.store, form=RETENTION)]


def test_nothing_is_due_and_the_page_says_what_will_stand_here(grant: Crew) -> None:
    said = words_on(page_of(grant))
    assert "What is due for a decision will stand here" in said
    assert "Nothing is erased by itself" in said
    assert "placeholders until the partners set their own" in said
    assert "6 years after the last entry of any kind" in said
    assert "Nothing was decided yet" in said


def test_what_is_due_says_of_whom_how_much_since_when_and_by_which_rule(grant: Crew) -> None:
    old_client(grant)
    page = page_of(grant)
    said = words_on(page)
    assert "QUILLFEATHER, Ada" in said
    assert "2 records, due since" in said
    assert re.search(r"due since \d+ \w{3} \d{4}: 6 years after \d+ \w{3} \d{4}", said)
    assert "6 years after the last entry of any kind" in said
    assert "Contact and support" in said
    assert page.count.text() == "1 due"


def test_a_lead_sees_what_only_they_hold(grant: Crew, bell: Crew) -> None:
    client = old_client(grant)
    bell.laptop.save("clinical_note", {"note": "x"}, client=client)
    bell.four.clock.later(2 * SEVEN_YEARS_MS)
    said = words_on(page_of(bell))
    assert "Treatment" in said
    assert "1 record, due since" in said
    assert "2 records, due since" not in said


def test_somebody_who_leads_nothing_is_told_who_decides(ann: Crew) -> None:
    old_client(ann)
    said = words_on(page_of(ann))
    assert "Whoever leads your group decides this" in said
    assert "due since" not in said
    assert "What is due for a decision will stand here" not in said


def test_erasing_asks_for_authority_reason_and_the_reference(grant: Crew) -> None:
    client = old_client(grant)
    page = page_of(grant)
    page.rows.setFocus()
    key(Qt.Key.Key_E)
    panel = panel_of(page)
    said = words_on(panel)
    for words in ("Goes:", "Stays:", "Later:", "35 days", "1 client", "1 case note"):
        assert words in said
    panel.save()
    assert "On whose authority" in words_on(panel.problems)
    answer(panel, authority="Data protection officer", reason="Period over")
    panel.save()
    assert reference(client) in panel.wrong.text()
    panel.typed.setText("OR-XXXXX")
    panel.save()
    grant.settle()
    assert grant.laptop.store.record(client) is not None
    assert decisions(grant) == []


def test_once_the_reference_is_typed_it_is_gone_and_the_decision_stays(grant: Crew) -> None:
    client = old_client(grant)
    page = page_of(grant)
    page.rows.setFocus()
    key(Qt.Key.Key_E)
    panel = panel_of(page)
    answer(panel, authority="Data protection officer", reason="Period over")
    panel.typed.setText(reference(client).lower())
    panel.save()
    grant.settle()
    assert grant.laptop.store.record(client) is None
    assert "2 records are erased on this laptop" in page.notice.text()
    (made,) = decisions(grant)
    assert made["authority"] == "Data protection officer"
    assert made["count"] == 2
    assert made["rule"] == "contact"
    said = words_on(page)
    assert f"Erased: 2 records about {reference(client)}" in said
    assert "QUILLFEATHER" not in said
    (entry,) = [
        change
        for _seq, changes in ledger.pending(grant.laptop.store)
        for change in changes
        if change.form == "erasure"
    ]
    assert entry.answers["count"] == 2


def test_the_keyboard_comes_back_to_the_rows(grant: Crew) -> None:
    old_client(grant)
    page = page_of(grant)
    page.rows.setFocus()
    key(Qt.Key.Key_K)
    panel_of(page)
    grant.settle()  # the cursor goes into the panel
    page.beside.put_away()
    grant.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.rows.isAncestorOf(focus)  # and not the lock, to which Qt would hand it on


def test_keeping_asks_until_when_and_asks_again_on_that_day(grant: Crew) -> None:
    old_client(grant)
    page = page_of(grant)
    page.rows.setFocus()
    key(Qt.Key.Key_K)
    panel = panel_of(page)
    until = grant.session.today().replace(year=grant.session.today().year + 2)
    answer(panel, until_on=f"{until:%d %m %Y}", authority="A. Grant", reason="A claim is open")
    panel.save()
    grant.settle()
    (made,) = decisions(grant)
    assert made["decision"] == "keep"
    assert made["until_on"] == until.isoformat()
    assert "due since" not in words_on(page)
    grant.four.clock.later(3 * 366 * 24 * 3_600_000)
    page.show_place(Place("retention"))
    grant.settle()
    said = words_on(page)
    assert f"due since {until.day} {until:%b %Y}: kept until then" in said
    assert not re.search(r"due since [^:]+: 6 years after", said)


def test_somebody_who_asks_to_be_forgotten_is_found_whatever_the_day(grant: Crew) -> None:
    client = grant.laptop.save("client", {"surname": "Quillfeather"})
    page = page_of(grant)
    page.show_place(Place("retention", client))
    grant.settle()
    said = words_on(page)
    assert "Asked about" in said
    assert "due on" in said


def test_what_was_written_about_somebody_erased_comes_first(grant: Crew) -> None:
    client = old_client(grant)
    page = page_of(grant)
    page.rows.setFocus()
    key(Qt.Key.Key_E)
    panel = panel_of(page)
    answer(panel, authority="Officer", reason="Over")
    panel.typed.setText(reference(client))
    panel.save()
    grant.settle()
    grant.four.ann.save("note", {"headline": "Written meanwhile"}, client=client)
    grant.four.ann.exchange(grant.four.share)
    grant.exchange()
    page.show_place(Place("retention"))
    grant.settle()
    said = words_on(page)
    assert "Written about somebody erased" in said
    assert f"Somebody erased, {reference(client)}" in said


def test_the_keyboard_alone_does_everything_and_all_has_a_name(grant: Crew) -> None:
    client = old_client(grant)
    page = page_of(grant)
    assert nameless(page) == []
    page.rows.setFocus()
    key(Qt.Key.Key_E)
    panel = panel_of(page)
    grant.settle()
    answer(panel, authority="Officer", reason="Over")
    tab_to(page, panel.typed)
    QTest.keyClicks(panel.typed, reference(client))
    tab_to(page, panel.act)
    assert nameless(panel) == []
    key(Qt.Key.Key_Space)
    grant.settle()
    assert grant.laptop.store.record(client) is None


def test_in_a_low_window_what_goes_is_read_from_its_first_line(grant: Crew) -> None:
    old_client(grant)
    page = page_of(grant)
    page.resize(1037, 460)
    page.decide(page.rows.current(), "erase")
    panel = panel_of(page)
    (area,) = (one for one in panel.findChildren(QScrollArea) if one.isAncestorOf(panel.view))
    grant.qtbot.waitUntil(area.hasFocus)
    assert area.verticalScrollBar().value() == 0
    assert panel.who.text() == "QUILLFEATHER, Ada · Contact and support"
    assert area.property("stop"), "it is seen that the keyboard is there"
    assert area.viewport().x() > 0, "its ring is drawn around the words, not beneath them"
    low = area.height()
    page.resize(1037, 430)
    grant.qtbot.waitUntil(lambda: area.height() < low)
    QApplication.processEvents()
    assert area.verticalScrollBar().value() == 0, "another size moves nothing that is being read"
    assert nameless(panel) == []
    key(Qt.Key.Key_Tab)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    bottom = field.mapTo(area, field.rect().bottomLeft()).y()
    assert bottom <= area.viewport().height(), "Tab brings the question into sight"
