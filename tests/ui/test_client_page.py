# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client page: who it is, and what to beware of before anything else."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from desktop_app.casework.reference import reference
from tests.ui.file_desk import TODAY, Page, alert, stands_by, visit
from tests.ui.office import SHAH, Office
from ui.kit.notice import Notice
from ui.kit.person_banner import Fact
from ui.places import Place
from ui.session import Session


def test_the_banner_says_who_it_is(page: Page, office: Office) -> None:
    client = office.client("Marsh", "Daniel", known_as="Danny", born="1989-03-14", gender="man")
    page.open(client)
    assert page.page.banner.name.text() == "MARSH, Daniel"
    said = page.page.banner.accessibleName()
    assert "Known as Danny" in said
    assert "Born 14 Mar 1989 (37y)" in said
    assert f"Ref {reference(client)}" in said


def test_what_is_not_known_is_said(page: Page, office: Office) -> None:
    page.open(office.client())
    assert "Born Not known" in page.page.banner.accessibleName()
    assert "Setting not recorded" in page.chips()


def test_targeting_and_support_stand_apart(page: Page, office: Office) -> None:
    client = office.client()
    office.colleague(
        SHAH,
        "cohort",
        {"cohort": "demand_side", "started_on": "2026-05-01", "ended_on": "2026-11-03"},
        client=client,
    )
    office.save("support", {"started_on": "2026-05-04"}, client=client)
    page.open(client)
    assert "Targeting ended Tue 3 Nov" in page.chips()
    assert "Support since Mon 4 May" in page.chips()


def test_custody_takes_neither_support_nor_the_key_worker(page: Page, office: Office) -> None:
    client = office.client()
    stands_by(office, client)
    office.save("support", {"started_on": "2026-05-04"}, client=client)
    page.open(client, form="setting")
    assert page.page.panel is not None
    said = [one.text() for one in page.page.panel.findChildren(Notice)]
    assert "Support goes on, and K. Osei stays key worker, wherever they are." in said
    page.fill(setting="remand", place_prison="zz_eastmoor")
    page.save()
    assert "In custody: HMP Eastmoor" in page.chips()
    assert "Support since Mon 4 May" in page.chips()
    assert ("Key worker", "K. Osei") in page.page.file.contact.facts  # type: ignore[union-attr]


def test_another_client_of_the_same_name_is_said(page: Page, office: Office) -> None:
    client = office.client("Marsh", "Daniel")
    office.client("Marsh", "Daniel")
    page.open(client)
    assert page.chips()[0] == "Another client has this name"


def test_somebody_else_is_shown_at_once_without_a_trace(page: Page, office: Office) -> None:
    first, second = office.client("Marsh", "Daniel"), office.client("Croft", "Leanne")
    visit(office, first, "2026-11-20T10:00")
    page.open(first)
    page.page.show_place(Place("client", client=second))
    assert not page.page.banner.isVisible()
    assert page.entries() == []
    page.settle()
    assert page.page.banner.name.text() == "CROFT, Leanne"


def test_nothing_of_one_client_is_left_to_open_while_another_is_fetched(
    page: Page, office: Office
) -> None:
    first, second = office.client("Marsh", "Daniel"), office.client("Croft", "Leanne")
    seen = visit(office, first, "2026-11-20T10:00")
    alert(office, first)
    page.open(first)
    listed = page.page.timeline.list
    listed.choose(seen)
    listed.setFocus()
    page.page.show_place(Place("client", client=second))
    QTest.keyClick(listed, Qt.Key.Key_Return)
    QTest.keyClick(page.page, Qt.Key.Key_Return)
    page.page.alert.opened.emit()
    assert page.went == []
    shown = [one for one in page.page.findChildren(QWidget) if one.isVisible()]
    assert not any("Marsh" in one.accessibleName() for one in shown)
    page.settle()
    assert page.page.timeline.list.isHidden()
    assert not page.page.alert.isVisible()


def test_what_the_next_client_lacks_is_not_the_last_ones(page: Page, office: Office) -> None:
    first = office.client(
        "Marsh",
        "Daniel",
        known_as="Danny",
        other_phone="07700 900444",
        may_ring="no",
        never="her mother",
    )
    office.save("need", {"domain": "housing", "what": "Form", "raised_on": TODAY}, client=first)
    page.open(first)
    page.filter("support")
    page.open(office.client("Croft", "Leanne"))
    said = _visible_words(page.page)
    for left in ("MARSH", "Danny", "07700 900444", "her mother", "Form"):
        assert not any(left in one for one in said), left
    assert page.page.timeline.filters is not None
    assert page.page.timeline.filters.value() == "all"


def _visible_words(page: QWidget) -> list[str]:
    shown = [one for one in page.findChildren(QWidget) if one.isVisible()]
    words = [one.text() for one in shown if isinstance(one, QLabel | QAbstractButton)]
    return words + [one.accessibleName() for one in shown]


def test_what_is_shown_is_laid_out_before_anything_can_paint_it(
    page: Page, office: Office, session: Session
) -> None:
    names = [("Li", "Al"), ("Featherstonehaugh-Cholmondeley", "Maximiliana"), ("Marsh", "Daniel")]
    clients = [office.client(*name, known_as=name[1] * 2) for name in names]
    cut = list[str]()

    def look() -> None:
        shown = [one for one in page.page.banner.findChildren(Fact) if one.isVisible()]
        cut.extend(one.accessibleName() for one in shown if one.width() < one.sizeHint().width())

    session.settled.connect(look)
    for client in clients * 2:
        page.open(client)
    assert page.page.banner.findChildren(Fact)
    assert cut == []


def test_a_client_this_laptop_does_not_hold_is_said_so(page: Page) -> None:
    page.open(b"n" * 16)
    assert page.page._nobody.isVisible()
    assert not page.page.timeline.isVisible()


def test_the_gravest_alert_stands_above_everything(page: Page, office: Office) -> None:
    client = office.client()
    alert(office, client, headline="Needles on the stairs", how_to_visit="as_usual")
    alert(office, client)
    page.open(client)
    assert page.page.alert.isVisible()
    said = page.page.alert.accessibleName()
    assert "Do not visit alone. Dog loose in the yard." in said
    assert "Set by PC R. Shah, Mon 23 Nov" in said
    assert page.page.alert._all.text() == "All alerts (2)"
    page.page.alert.opened.emit()
    assert len(page.entries()) == 2
    assert all("Safety alert" in title for title in page.titles())


def test_one_alert_opens_by_itself(page: Page, office: Office) -> None:
    client = office.client()
    record = alert(office, client)
    page.open(client)
    page.page.alert.opened.emit()
    assert page.went == [Place("record", client=client, record=record)]


def test_an_ended_alert_is_not_shown(page: Page, office: Office) -> None:
    client = office.client()
    alert(office, client, ended_on=TODAY, ended_because="Dog has gone")
    page.open(client)
    assert not page.page.alert.isVisible()


def test_safe_contact_stands_before_address_and_phone(page: Page, office: Office) -> None:
    client = office.client(
        may_ring="yes", may_leave_message="no", phone="07700 900318", address_1="3 Quay Street"
    )
    page.open(client)

    def top(name: str) -> int:
        shown = page.page.side.contact.findChildren(QWidget)
        found = next(one for one in shown if one.accessibleName() == name)
        return found.mapTo(page.page, found.rect().topLeft()).y()

    page.qtbot.waitUntil(
        lambda: top("Safe contact") < top("Address 3 Quay Street") < top("Phone 07700 900318")
    )
    kinds = dict(page.page.file.contact.safe)  # type: ignore[union-attr]
    assert kinds["dont"] == "No messages left"


def test_safe_contact_that_was_never_asked_is_said(page: Page, office: Office) -> None:
    page.open(office.client(phone="07700 900318"))
    said = [one.text() for one in page.page.side.contact.findChildren(Notice)]
    assert said == ["Safe contact was not asked. Ask before you ring, text or write."]
