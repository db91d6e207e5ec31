# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client list: three lenses, filters that hold together, and nobody added twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.office import OSEI, SHAH, Office
from ui import theme
from ui.kit.empty import Empty
from ui.pages.client_adding import LEAST, AddingPanel
from ui.pages.clients import ClientsPage
from ui.pages.clients_ask import PAGE, Narrow
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"


class Clients:
    """The page, worked as a person would."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = ClientsPage(session, QuietDialogs())
        self.went: list[Place] = []
        self.page.go.connect(self.went.append)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def open(self, *narrow: Narrow, order: str = "name", words: str = "") -> None:
        self.page.head.narrow.set_values(narrow)
        self.page.head.sorting.set_value(order)
        self.page.head.typed.setText(words)
        self.page.show_place(Place("clients"))
        self.settle()

    def names(self) -> list[str]:
        return [row.name for row in self.page.table.source.rows]

    def empty(self) -> Empty:
        """Return what stands where nobody is listed; one said before may not be gone yet."""
        (said,) = (one for one in self.page.findChildren(Empty) if not one.isHidden())
        return said

    def headings(self) -> list[str]:
        return [column.title for column in self.page.table.source.columns]

    def spoken(self, row: int = 0) -> str:
        return self.page.table.source.spoken(row)

    def adding(self) -> AddingPanel:
        self.page.open_adding()
        self.settle()
        assert isinstance(self.page.panel, AddingPanel)
        return self.page.panel

    def type_name(self, surname: str, forename: str, **more: Json) -> AddingPanel:
        panel = self.adding()
        for name, value in {"surname": surname, "forename": forename, **more}.items():
            panel.view.editor(name).show_value(value)
            panel.view._edited(name)
        self.qtbot.waitUntil(lambda: not panel._pause.isActive())
        self.settle()
        return panel


@pytest.fixture
def clients(qtbot: QtBot, session: Session) -> Clients:
    return Clients(qtbot, session)


def stands_by(office: Office, client: bytes, since: str = "2026-11-01") -> None:
    office.save(
        "assignment", {"duty": "key_worker", "worker": OSEI, "from_on": since}, client=client
    )


def seen(office: Office, client: bytes, day: str) -> None:
    office.save(
        "visit",
        {
            "at": f"{day}T10:00",
            "state": "done",
            "outcome": "seen",
            "kind": "home",
            "people": [OSEI],
        },
        client=client,
    )


def at(office: Office, client: bytes, setting: str, **more: Json) -> None:
    office.save("setting", {"setting": setting, "from_on": "2026-11-01", **more}, client=client)


def test_everybody_is_listed_by_name(clients: Clients, office: Office) -> None:
    for surname in ("Cray", "Abbot", "Bell"):
        office.client(surname)
    clients.open()
    assert clients.names() == ["ABBOT, Leanne", "BELL, Leanne", "CRAY, Leanne"]
    assert "3 clients." in clients.page.count.text()


def test_the_keyboard_stands_on_the_first_row_also_where_it_came_before_the_rows(
    clients: Clients, office: Office
) -> None:
    office.client("Abbot")
    clients.page.table.setFocus()
    clients.open()
    assert clients.page.table.hasFocus()
    assert clients.page.table.current_row().name == "ABBOT, Leanne"


def test_an_empty_list_counts_nobody_and_says_what_to_do(clients: Clients) -> None:
    clients.open()
    assert clients.page.count.accessibleName() == ""
    assert "will stand here" in clients.empty().accessibleName()


def test_mine_are_those_i_stand_by(clients: Clients, office: Office) -> None:
    mine, _other = office.client("Abbot"), office.client("Bell")
    stands_by(office, mine)
    clients.open(Narrow.MINE)
    assert clients.names() == ["ABBOT, Leanne"]


def test_filters_hold_together(clients: Clients, office: Office) -> None:
    inside, both = office.client("Abbot"), office.client("Bell")
    for one in (inside, both):
        at(office, one, "remand", place_prison="zz_eastmoor")
    office.colleague(
        SHAH,
        "alert",
        {
            "headline": "Dog",
            "about": "dog",
            "how_to_visit": "two",
            "set_on": TODAY,
            "review_on": "2027-01-01",
        },
        client=both,
    )
    clients.open(Narrow.CUSTODY)
    assert clients.names() == ["ABBOT, Leanne", "BELL, Leanne"]
    clients.open(Narrow.CUSTODY, Narrow.ALERT)
    assert clients.names() == ["BELL, Leanne"]
    assert "Two of you" in clients.spoken()


def test_coming_out_and_in_treatment_and_rehab_are_found(clients: Clients, office: Office) -> None:
    out, later, rehab, treated = (office.client(x) for x in ("Out", "Later", "Rehab", "Treated"))
    at(office, out, "sentenced", expected_release_on="2026-11-27", release_certainty="likely")
    at(office, later, "sentenced", expected_release_on="2027-11-27", release_certainty="likely")
    at(office, rehab, "rehab", place_rehab="Harbour House")
    office.save("treatment", {"accepted_on": "2026-11-01", "status": "on_going"}, client=treated)
    clients.open(Narrow.OUT)
    assert clients.names() == ["OUT, Leanne"]
    clients.open(Narrow.REHAB)
    assert clients.names() == ["REHAB, Leanne"]
    clients.open(Narrow.TREATMENT)
    assert clients.names() == ["TREATED, Leanne"]


def test_not_seen_for_fourteen_days_leaves_out_who_was(clients: Clients, office: Office) -> None:
    lately, long_ago, _never = (office.client(x) for x in ("Lately", "Long", "Never"))
    seen(office, lately, "2026-11-20")
    seen(office, long_ago, "2026-11-01")
    clients.open(Narrow.UNSEEN, order="last_seen")
    assert clients.names() == ["NEVER, Leanne", "LONG, Leanne"]
    assert "22 days ago" in clients.spoken(1)


def test_who_needs_somebody_stands_first_and_says_why(clients: Clients, office: Office) -> None:
    calm, unseen, out = (office.client(x) for x in ("Abbot", "Bell", "Cray"))
    for one in (calm, unseen, out):
        stands_by(office, one, "2026-10-01")
    seen(office, calm, "2026-11-20")
    seen(office, unseen, "2026-10-20")
    seen(office, out, "2026-11-20")
    at(office, out, "remand", expected_release_on="2026-11-26", release_certainty="confirmed")
    clients.open(Narrow.MINE, order="because")
    assert clients.names() == ["CRAY, Leanne", "BELL, Leanne", "ABBOT, Leanne"]
    assert "Not seen for 34 days" in clients.spoken(1)
    assert "First who missed appointments" in clients.page.count.text()


def test_each_role_begins_with_its_own_columns(
    clients: Clients, office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    assert clients.headings()[2] == "Near the top because"
    officer = Clients(qtbot, sign_in(Role.OFFICER))
    assert officer.headings() == [
        "Name",
        "Setting",
        "In the initiative",
        "Next joint visit",
        "Last seen",
    ]
    coordinator = Clients(qtbot, sign_in(Role.COORDINATOR))
    assert coordinator.headings()[:4] == ["Name", "Key worker", "Treatment", "Waits"]


def test_anybody_may_look_through_another_lens(clients: Clients, office: Office) -> None:
    client = office.client()
    office.save(
        "visit",
        {
            "at": "2026-11-26T10:00",
            "state": "planned",
            "kind": "home",
            "people": [OSEI, SHAH],
        },
        client=client,
    )
    clients.open()
    clients.page.head.lenses._pressed("police")
    clients.settle()
    assert "Next joint visit Thu 26 Nov, 10:00" in clients.spoken()


def test_the_coordinator_sees_who_waits_and_who_has_nobody(
    qtbot: QtBot, office: Office, sign_in: SignIn
) -> None:
    client = office.client()
    office.save("treatment", {"accepted_on": "2026-11-09", "status": "waiting"}, client=client)
    clients = Clients(qtbot, sign_in(Role.COORDINATOR))
    clients.open()
    assert "Key worker Nobody yet" in clients.spoken()
    assert "Waiting 14 days for the nurse" in clients.spoken()


def test_rows_come_in_pages(clients: Clients, office: Office, qtbot: QtBot) -> None:
    for number in range(PAGE + 20):
        office.client(f"Client{number:03d}")
    clients.open()
    assert len(clients.names()) == PAGE
    assert "The first 50" in clients.page.count.text()
    clients.page.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(clients.names()) == PAGE + 20)
    assert clients.names() == sorted(clients.names())


def test_typing_narrows_and_forgives_spelling(clients: Clients, office: Office) -> None:
    office.client("Marsh", "Stephen")
    office.client("Croft", "Leanne")
    clients.open(words="steven")
    assert clients.names() == ["MARSH, Stephen"]
    assert "Best match first." in clients.page.count.text()


def test_nobody_here_says_how_to_see_everybody(clients: Clients, office: Office) -> None:
    office.client()
    clients.open(Narrow.CUSTODY)
    empty = clients.empty()
    assert "Nobody here holds everything chosen above" in empty.accessibleName()
    clients.page.head.clear()
    clients.settle()
    assert clients.names() == ["CROFT, Leanne"]


def test_an_empty_casebook_says_what_will_stand_here(clients: Clients) -> None:
    clients.open()
    empty = clients.empty()
    assert "The clients of your team will stand here" in empty.accessibleName()


def test_an_empty_list_that_is_laid_out_anew_keeps_the_keyboard(clients: Clients) -> None:
    clients.open()
    clients.empty().setFocus()
    clients.page.refresh()
    clients.settle()
    assert clients.empty().isAncestorOf(clients.page.window().focusWidget())


def test_enter_opens_the_client(clients: Clients, office: Office) -> None:
    client = office.client()
    clients.open()
    clients.page._to_table()
    QTest.keyClick(clients.page.table, Qt.Key.Key_Return)
    assert clients.went == [Place("client", client=client)]


def test_a_client_is_added_with_their_key_worker(clients: Clients, office: Office) -> None:
    panel = clients.type_name("Marsh", "Daniel", born="1989-03-14")
    panel.save()
    clients.settle()
    place = clients.went[-1]
    assert place.client is not None
    record = office.record(place.client)
    assert (record.text("surname"), record.text("born")) == ("Marsh", "1989-03-14")
    assert record.client == record.id
    (duty,) = office.of(record.id, "assignment")
    assert (duty.text("duty"), duty.text("worker")) == ("key_worker", OSEI)


def test_who_is_like_them_is_shown_before_they_are_added(clients: Clients, office: Office) -> None:
    here = office.client("Marsh", "Daniel", born="1989-03-14")
    panel = clients.type_name("Marsh", "Danny")
    assert [line.item.record for line in panel.lines] == [here]
    assert panel.act.text().strip() == "Not this one: add"
    panel.lines[0].click()
    assert clients.went == [Place("client", client=here)]


def test_it_is_said_why_somebody_may_be_the_same_person(clients: Clients, office: Office) -> None:
    office.client("Pickering", "Shauna", born="1996-02-08")
    office.client("Pickering", "Dean", born="1990-11-21")
    panel = clients.type_name("Pickring", "Shauna", born="1996-08-02")
    (line,) = panel.lines
    assert line.item.beneath.startswith("Day and month of birth swapped, the surnames sound alike")
    assert "born 8 Feb 1996" in line.item.beneath
    assert "swapped" in line.accessibleName()


def test_what_was_put_right_is_no_longer_complained_of_beside_who_is_like_them(
    clients: Clients, office: Office
) -> None:
    office.client("Marsh", "Daniel")
    panel = clients.adding()
    panel.save()
    assert not panel.problems.isHidden()
    for name, value in (("surname", "Marsh"), ("forename", "Daniel")):
        panel.view.editor(name).show_value(value)
        panel.view._edited(name)
    panel.save()
    clients.settle()
    assert len(panel.lines) == 1
    assert panel.problems.isHidden()


def test_nobody_is_added_twice_by_a_quick_hand(clients: Clients, office: Office) -> None:
    here = office.client("Marsh", "Daniel")
    panel = clients.adding()
    for name, value in (("surname", "Marsh"), ("forename", "Daniel")):
        panel.view.editor(name).show_value(value)
        panel.view._edited(name)
    panel.save()
    clients.settle()
    assert len(panel.lines) == 1
    assert clients.went == []
    panel.save()
    clients.settle()
    (added,) = clients.went
    assert added.client is not None
    (entry,) = logged(office.store, "combination")
    assert entry.answers["clients"] == [added.client.hex(), here.hex()], "whom they are not"
    assert entry.answers["how"] == "alike"


def test_a_child_is_not_put_on_the_casebook(clients: Clients) -> None:
    panel = clients.type_name("Marsh", "Daniel", born="2012-03-14")
    panel.save()
    clients.settle()
    assert clients.went == []
    assert "Tandem is for adults." in panel.problems.accessibleName()


def test_the_filled_button_moves_into_the_panel(clients: Clients) -> None:
    panel = clients.adding()
    assert clients.page.head.add.kind == "plain"
    panel.put_away()
    assert clients.page.head.add.kind == "primary"


def test_who_is_like_a_newcomer_never_makes_the_window_higher_than_a_low_screen(
    clients: Clients, office: Office
) -> None:
    for number in range(5):
        office.client("Pickering", "Shauna", born=f"1990-0{number + 1}-02")
    clients.page.resize(1037, 470)
    panel = clients.type_name("Pickering", "Shauna")
    assert len(panel.lines) == 5
    clients.qtbot.waitUntil(lambda: panel._ground.height() >= theme.px(LEAST))
    assert clients.page.minimumSizeHint().height() <= 470
    clients.qtbot.waitUntil(lambda: clients.page.height() == 470)
    clients.page.resize(1300, 1300)
    clients.qtbot.waitUntil(lambda: panel._ground.height() == panel._ground.sizeHint().height())
