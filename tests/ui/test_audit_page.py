# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The Audit page: for whoever holds its key, of everybody or of one client."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.casework import audit
from desktop_app.casework.audit import sight
from desktop_app.casework.records import Edit, new_id
from tests.logged import logged
from tests.sync.laptops import Laptop
from tests.ui.crew import Crew, key, nameless
from tests.ui.watched import words_shown
from ui.pages.audit import AuditPage
from ui.pages.client_actions import made_actions
from ui.places import Place


def looks(laptop: Laptop, how: str, *clients: bytes, at: str = "2026-05-30T09:00") -> bytes:
    """Write that somebody looked; return the entry."""
    entry = new_id(laptop.clock.later(1), laptop.dice.randbytes(10))
    made = audit.consultation(
        sight(how, clients=clients), record=entry, at=at, reason="planned_visit"
    )
    laptop.store.save([made], now_ms=laptop.now_ms)
    return entry


def open_page(crew: Crew, client: bytes | None = None) -> AuditPage:
    page = AuditPage(crew.session, crew.dialogs)
    crew.qtbot.addWidget(page)
    page.go.connect(crew.went.append)
    page.resize(1178, 692)
    page.show()
    page.activateWindow()
    crew.qtbot.waitUntil(page.isActiveWindow)
    page.show_place(Place("audit", client=client))
    crew.settle()
    return page


def titles(page: AuditPage) -> list[str]:
    return [row.title for row in page.list.items.rows if not isinstance(row, str)]


def test_who_looked_is_read_by_whoever_holds_the_key(grant: Crew) -> None:
    four = grant.four
    lee = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    looks(four.shah, "client", lee, at="2026-06-01T09:00")
    looks(four.ann, "visit", lee, at="2026-06-01T10:00")
    four.everybody_exchanges()
    page = open_page(grant)
    assert titles(page)[:2] == ["Ann Lowe: Doorstep", "PC R. Shah: Client page"]
    words = words_shown(page)
    assert "CROFT, Leanne" in words
    assert "Planned visit" in words
    assert "DPA s.62" in words


def test_to_look_at_the_audit_is_written_into_it(grant: Crew) -> None:
    lee = grant.laptop.save("client", {"surname": "Croft"})
    looks(grant.laptop, "client", lee)
    open_page(grant)
    (entry,) = (one for one in logged(grant.laptop.store) if one.answers.get("how") == "audit")
    assert entry.answers["clients"] == [lee.hex()]


def test_who_has_seen_a_client_shows_nothing_of_the_others(grant: Crew) -> None:
    four = grant.four
    lee = grant.laptop.save("client", {"surname": "Croft", "forename": "Leanne"})
    dev = grant.laptop.save("client", {"surname": "Dent", "forename": "Devi"})
    looks(four.shah, "client", lee)
    looks(four.bell, "client", dev)
    looks(four.ann, "clients", lee, dev)
    four.everybody_exchanges()
    page = open_page(grant, lee)
    assert page.title.text() == "Who has seen CROFT, Leanne"
    assert {one.partition(":")[0] for one in titles(page)} == {"PC R. Shah", "Ann Lowe"}
    page.everybody.click()
    grant.settle()
    assert page.title.text() == "Audit"
    assert "T. Bell: Client page" in titles(page)


def test_what_was_done_by_whom_and_how_far_back_can_be_chosen(grant: Crew) -> None:
    four = grant.four
    lee = grant.laptop.save("client", {"surname": "Croft"})
    looks(four.shah, "client", lee)
    erased = audit.erasure(
        "Case notes", [lee], record=four.shah.dice.randbytes(16), at="2026-05-30T11:00", count=3,
        rule="Six years", authorised_by=four.shah.seat.person,
    )  # fmt: skip
    four.shah.store.save([erased], now_ms=four.shah.now_ms)
    four.everybody_exchanges()
    page = open_page(grant)
    page.kinds._choose("erasure")
    grant.settle()
    assert titles(page) == ["PC R. Shah: Erased: Case notes"]
    page.kinds._choose("all")
    page.person.set_value(four.ann.seat.person)
    page.refresh()
    grant.settle()
    assert "PC R. Shah: Client page" not in titles(page)
    page.kinds._choose("combination")
    grant.settle()
    assert "Nothing like this stands in the audit" in words_shown(page)


def test_an_entry_leads_to_its_client(grant: Crew) -> None:
    lee = grant.laptop.save("client", {"surname": "Croft"})
    entry = looks(grant.laptop, "client", lee)
    page = open_page(grant)
    page.list.choose(entry)
    page.list.setFocus(Qt.FocusReason.OtherFocusReason)
    key(Qt.Key.Key_Return)
    grant.settle()
    assert grant.went == [Place("client", client=lee)]


def test_whoever_does_not_hold_the_key_is_told_who_does(ann: Crew) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft", "forename": "Leanne"})
    looks(ann.laptop, "client", lee)
    page = open_page(ann, lee)
    words = words_shown(page)
    assert "The audit cannot be read on this laptop." in words
    assert "M. Grant" in words or "Grant" in words
    assert "Croft" not in words
    assert not page.kinds.isVisible()


def test_only_the_audit_officer_is_offered_who_has_seen_a_client(grant: Crew, ann: Crew) -> None:
    def offered(crew: Crew) -> bool:
        actions = made_actions(crew.session, crew.session, lambda _code: None)
        return "Who has seen this" in [one.text() for one in actions]

    assert offered(grant)
    assert not offered(ann)


def test_the_keyboard_stays_on_the_page_when_nothing_is_left_to_show(grant: Crew) -> None:
    lee = grant.laptop.save("client", {"surname": "Croft", "forename": "Leanne"})
    looks(grant.laptop, "client", lee)
    page = open_page(grant)
    page.list.setFocus()
    page.kinds._choose("erasure")
    grant.settle()
    assert page.list.isHidden()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.kinds.isAncestorOf(focus)


def test_it_stands_within_a_small_window(grant: Crew) -> None:
    lee = grant.laptop.save("client", {"surname": "Featherstonehaugh", "forename": "Leanne"})
    looks(grant.laptop, "client", lee)
    page = open_page(grant, lee)
    page.take_out.click()
    assert page.minimumSizeHint().width() <= 1037


def test_every_control_of_the_page_has_a_name(grant: Crew) -> None:
    looks(grant.laptop, "client", grant.laptop.save("client", {"surname": "Croft"}))
    assert nameless(open_page(grant)) == []


def test_an_entry_of_a_newer_tandem_is_shown_as_it_is(grant: Crew) -> None:
    odd = Edit("consultation", b"\x01" * 16, b"", "audit",
               {"how": "seen_from_afar", "happened_at": "soon", "clients": "?"})  # fmt: skip
    grant.laptop.store.save([odd], now_ms=grant.laptop.now_ms)
    page = open_page(grant)
    assert titles(page)[:1] == [] or "seen_from_afar" in titles(page)[0]
