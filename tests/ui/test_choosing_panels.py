# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing from the client page: nominate, decide, tell, remove; what is saved with what."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import NO_CLIENT, Json, link
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.file_desk import Page
from tests.ui.office import LOWE, OSEI, SHAH, Office
from ui.kit.buttons import button
from ui.kit.card import across, holding
from ui.kit.notice import Notice
from ui.pages.beside import Beside
from ui.pages.choosing_panels import DecisionPanel, newest_message
from ui.pages.form_panel import FormPanel, Plan
from ui.places import Place
from ui.session import Session

DEMAND = "demand_side"


@pytest.fixture
def officer(qtbot: QtBot, sign_in: SignIn, office: Office) -> Page:
    """Return the officer's client page."""
    return Page(qtbot, sign_in(Role.OFFICER))


@pytest.fixture
def coordinator(qtbot: QtBot, sign_in: SignIn, office: Office) -> Page:
    """Return the coordinator's client page."""
    return Page(qtbot, sign_in(Role.COORDINATOR))


def adult(office: Office, **more: str) -> bytes:
    return office.client(**{"born": "1990-05-01", **more})


def on_programme(office: Office, client: bytes, **more: Json) -> bytes:
    return office.save(
        "cohort", {"cohort": DEMAND, "started_on": "2026-10-01", **more}, client=client
    )


def said(page: Page) -> str:
    panel = page.page.panel
    assert panel is not None
    return " ".join(one.text() for one in panel.findChildren(Notice))


def told_wrong(page: Page) -> list[str]:
    panel = page.page.panel
    assert panel is not None
    return [line.text() for line in panel.problems.lines]


def seen_whole(field: QWidget | None) -> bool:
    return field is not None and field.visibleRegion().boundingRect() == field.rect()


def lines(page: Page) -> list[str]:
    return [one.item.title for one in page.page.side.choosing.lines]


def offers(page: Page) -> list[str]:
    return [code for code, one in page.page.side.choosing.buttons.items() if one.isVisible()]


def test_a_wide_page_gives_way_to_its_panel(qtbot: QtBot, session: Session) -> None:
    page = holding(across(*[button("Something long to press") for _each in range(4)]))
    beside = Beside(page)
    qtbot.addWidget(beside)
    beside.resize(1300, 500)
    beside.show()
    beside.open(FormPanel(session, Plan("note", "Note", "Save"), NO_CLIENT))
    assert page.isVisible()
    beside.resize(900, 500)
    assert (page.isVisible(), beside.width()) == (False, 900)


def test_the_card_says_where_somebody_stands_and_what_comes_next(
    officer: Page, office: Office
) -> None:
    client = adult(office)
    officer.open(client)
    assert officer.page.side.choosing._none.text() == "Never nominated."
    assert offers(officer) == ["nomination", "scoring", "decision"]
    on_programme(office, client)
    officer.open(client)
    assert lines(officer) == ["On the programme, not told yet"]
    assert offers(officer) == ["scoring", "decision", "notice", "letter", "removal"]


def test_a_key_worker_nominates_by_keys_alone(page: Page, office: Office) -> None:
    client = adult(office)
    page.open(client)
    button = page.page.side.choosing.buttons["nomination"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    page.settle()
    panel = page.page.panel
    assert panel is not None
    page.qtbot.waitUntil(panel.isVisible)
    why = panel.view.rows["why"].editor
    why.setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Steals from shops every week, and asks for help")
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    (made,) = office.of(client, "nomination")
    assert made.text("why").startswith("Steals from shops")
    assert (made.text("nominated_by"), made.text("agency")) == (OSEI, "Agency")
    assert lines(page) == ["Nominated: Outreach programme"]


@pytest.mark.parametrize("born", ["", "2010-01-01", "2008"])
def test_nobody_who_may_be_under_18_is_nominated_or_put_on_a_list(
    page: Page, coordinator: Page, office: Office, born: str
) -> None:
    client = office.client(born=born)
    page.open(client, form="nomination")
    page.fill(why="Because")
    page.save()
    assert office.of(client, "nomination") == []
    assert "18" in told_wrong(page)[0]
    coordinator.open(client, form="decision")
    coordinator.fill(about="include", cohort=DEMAND, why="Because", agreed_by=[LOWE])
    coordinator.save()
    assert office.of(client, "decision") == []
    assert office.of(client, "cohort") == []


def test_a_decision_opens_the_place_in_the_same_save(coordinator: Page, office: Office) -> None:
    office.save("team_rule", {"programme_places": 2}, client=NO_CLIENT)
    on_programme(office, adult(office, surname="Other"))
    client = adult(office)
    office.colleague(
        SHAH,
        "nomination",
        {"nominated_on": "2026-11-20", "cohort": DEMAND, "why": "Why"},
        client=client,
    )
    office.save("scoring", {"scored_on": "2026-11-21", "total": 14, "threshold": 12}, client=client)
    coordinator.open(client, form="decision")
    assert "1 of 2 places taken, 1 is free." in said(coordinator)
    assert "Score 14, threshold 12. It proposes; people decide." in said(coordinator)
    panel = coordinator.page.panel
    assert isinstance(panel, DecisionPanel)
    assert panel.opens.isVisible()
    assert panel.opens.text() == "Open their &place: Outreach programme"
    coordinator.fill(
        why="All agree but one", agreed_by=[LOWE, SHAH], dissent_by=[OSEI], dissent="Too early"
    )
    coordinator.save()
    (decision,) = office.of(client, "decision")
    (place,) = office.of(client, "cohort")
    assert decision.answers["spell"] == link(place.id)
    assert (decision.text("about"), decision.text("final_say")) == ("include", LOWE)
    assert (place.answers["score"], place.text("reasons")) == (14, "All agree but one")
    assert lines(coordinator)[0] == "On the programme, not told yet"
    assert "1 did not agree" in coordinator.page.side.choosing.lines[2].item.beneath


def test_a_decision_for_the_police_alone_says_nothing_to_the_others(
    officer: Page, office: Office
) -> None:
    client = adult(office)
    officer.session.give_reason(client, "custody")
    officer.open(client, form="decision")
    panel = officer.page.panel
    assert isinstance(panel, DecisionPanel)
    readers = panel._questions.readers
    assert readers is not None
    readers.parts["police"].click()
    officer.fill(about="include", cohort=DEMAND, why="Nobody else knows", agreed_by=[SHAH])
    officer.save()
    (decision,), (place,) = office.of(client, "decision"), office.of(client, "cohort")
    assert (decision.audience, place.audience) == ("police", "police")
    assert place.text("reasons") == "Nobody else knows"


def test_the_place_is_left_alone_when_its_box_is_not_ticked(
    coordinator: Page, office: Office
) -> None:
    client = adult(office)
    coordinator.open(client, form="decision")
    panel = coordinator.page.panel
    assert isinstance(panel, DecisionPanel)
    assert not panel.opens.isVisible(), "nothing is decided yet"
    coordinator.fill(
        about="not_include",
        reason="no_capacity",
        why="No room",
        agreed_by=[LOWE],
        review_on="2027-02-01",
    )
    assert panel.opens.isVisible()
    panel.opens.setChecked(False)
    coordinator.save()
    assert len(office.of(client, "decision")) == 1
    assert office.of(client, "cohort") == []
    assert office.of(client, "decision")[0].text("spell") == ""


def test_being_told_is_written_into_the_place_by_whoever_may(
    officer: Page, page: Page, office: Office
) -> None:
    client, other = adult(office), adult(office, surname="Other")
    for who in (client, other):
        on_programme(office, who)
    officer.open(client, form="notice")
    officer.fill(how="at_home", response="accepts")
    officer.save()
    (notice,) = office.of(client, "notice")
    assert notice.text("message") == "2026_1"
    assert office.of(client, "cohort")[0].text("told_on") == "2026-11-23"
    assert lines(officer)[0] == "On the programme, and told"
    page.open(other, form="notice")
    page.fill(how="at_home", response="accepts")
    page.save()
    assert office.of(other, "cohort")[0].text("told_on") == "", "no key worker alters a place"
    assert lines(page)[0] == "On the programme, and told"


def test_removal_from_targeting_leaves_support_and_comes_back_on_somebodys_today(
    officer: Page, office: Office
) -> None:
    client = adult(office)
    on_programme(office, client, told_on="2026-10-02")
    office.save("support", {"started_on": "2026-10-03"}, client=client)
    officer.open(client, form="removal")
    officer.fill(**{"from": "targeting", "targeting_end": "good_progress"})
    officer.save()
    asked = " ".join(told_wrong(officer))
    assert "Exit plan" not in asked
    assert office.of(client, "removal") == []
    officer.page.resize(1093, 400)  # a problem leads where it is put right, also in a low window
    assert officer.page.panel is not None
    officer.page.panel.problems.lines[-1].click()
    officer.qtbot.waitUntil(lambda: seen_whole(QApplication.focusWidget()))
    officer.fill(
        all_agree="done",
        agreed_by=[OSEI, SHAH, LOWE],
        partners_told="done",
        client_told="not_done",
        exit_plan="Clinic goes on, K. Osei stays",
        follow_up_on="2026-12-21",
        follow_up_by=OSEI,
    )
    officer.save()
    (wrong,) = told_wrong(officer)
    assert "Say why it goes ahead all the same." in wrong
    officer.fill(not_all="He is told on Friday by K. Osei")
    officer.save()
    (removal,) = office.of(client, "removal")
    (place,) = office.of(client, "cohort")
    assert removal.answers["spell"] == link(place.id)
    assert (place.text("ended_on"), place.text("ended_because")) == ("2026-11-23", "good_progress")
    assert office.of(client, "support")[0].text("ended_on") == ""
    (need,) = office.of(client, "need")
    assert (need.text("owner"), need.text("due_on")) == (OSEI, "2026-12-21")


def test_nobody_ends_a_spell_their_role_does_not_write(
    page: Page, officer: Page, office: Office
) -> None:
    client = adult(office)
    on_programme(office, client)
    office.save("support", {"started_on": "2026-10-03"}, client=client)
    for who, of in ((page, "targeting"), (officer, "support")):
        who.open(client, form="removal")
        who.fill(**{"from": of})
        who.save()
        assert any("ends" in words for words in told_wrong(who))
    assert office.of(client, "removal") == []


def test_the_letter_is_logged_before_it_is_written(
    officer: Page, office: Office, tmp_path: Path
) -> None:
    client = adult(office, may_write="no")
    on_programme(office, client)
    place = tmp_path / "letter.pdf"
    officer.page.dialogs = QuietDialogs(save_file=place)
    officer.open(client, form="letter")
    assert "Letters are not safe" in said(officer)
    officer.save()
    assert place.read_bytes().startswith(b"%PDF")
    (log,) = [one for one in logged(office.store) if one.form == "export"]
    assert log.answers["what"] == "notice_letter"
    assert log.answers["clients"] == [client.hex()]


def test_scoring_has_a_page_of_its_own(page: Page, office: Office) -> None:
    client = adult(office)
    page.open(client, form="scoring")
    assert page.went[-1] == Place("scoring", client=client)


def test_a_wrong_decision_is_followed_by_one_that_takes_its_place(
    coordinator: Page, office: Office
) -> None:
    client = adult(office)
    place = on_programme(office, client)
    wrong = {
        "decided_on": "2026-11-20",
        "about": "include",
        "cohort": DEMAND,
        "why": "The wrong file",
        "agreed_by": [LOWE],
        "final_say": LOWE,
        "spell": link(place),
    }
    first = office.save("decision", wrong, client=client)
    coordinator.open(client)
    assert "redecide" in offers(coordinator)
    coordinator.page.do("redecide")
    coordinator.settle()
    panel = coordinator.page.panel
    assert isinstance(panel, DecisionPanel)
    coordinator.fill(
        about="later", why="To be looked at", agreed_by=[LOWE, SHAH], review_on="2026-12-01"
    )
    coordinator.save()
    assert told_wrong(coordinator) == ["Say what was wrong with the earlier one."]
    coordinator.fill(instead_why="It was about somebody else of that name")
    coordinator.save()
    old, new = office.of(client, "decision")
    assert (old.id, old.text("why")) == (first, "The wrong file")
    assert new.answers["supersedes"] == link(first)
    assert "spell" not in new.answers
    coordinator.open(client)
    coordinator.page.do("removal")
    coordinator.settle()
    assert "reversed on" in said(coordinator)


def test_what_was_told_otherwise_than_written_takes_its_place(page: Page, office: Office) -> None:
    client = adult(office)
    place = on_programme(office, client)
    told = {"told_on": "2026-11-20", "told_by": [OSEI], "how": "at_home", "spell": link(place)}
    message = {"message": newest_message(), "response": "accepts"}
    first = office.save("notice", {**told, **message}, client=client)
    page.open(client)
    page.page.do("retell")
    page.settle()
    panel = page.page.panel
    assert panel is not None
    page.qtbot.waitUntil(lambda: panel.view.at_field() == "told_on")
    assert panel.view.rows["instead_why"].field.required, "its dot says that it must be answered"
    page.fill(instead_why="It was written on the wrong day")
    page.save()
    old, new = office.of(client, "notice")
    assert (old.id, new.answers["supersedes"]) == (first, link(first))
    assert new.answers["spell"] == link(place)


def test_of_somebody_who_died_the_card_says_what_still_runs(page: Page, office: Office) -> None:
    client = adult(office)
    on_programme(office, client)
    office.save("setting", {"setting": "deceased", "from_on": "2026-11-20"}, client=client)
    page.open(client)
    assert lines(page)[0] == "They died, and targeting still runs"
    assert "removal" in offers(page)


def test_the_end_of_a_place_only_police_may_read_is_read_by_nobody_else(
    officer: Page, office: Office
) -> None:
    client = adult(office)
    place: dict[str, Json] = {"cohort": DEMAND, "started_on": "2026-10-01"}
    office.colleague(SHAH, "cohort", place, client=client, to="police")
    officer.open(client, form="removal")
    whole: dict[str, Json] = dict.fromkeys(("all_agree", "partners_told", "client_told"), "done")
    whole |= {"from": "targeting", "targeting_end": "good_progress", "agreed_by": [SHAH]}
    whole |= {"exit_plan": "Nothing more", "follow_up_on": "2026-12-21", "follow_up_by": OSEI}
    officer.fill(**whole)
    officer.save()
    (wrong,) = told_wrong(officer)
    assert "They may not read this removal." in wrong
    officer.fill(follow_up_by=SHAH)
    officer.save()
    held = [*office.of(client, "removal"), *office.of(client, "action")]
    assert [one.audience for one in held] == ["police", "police"]
    assert office.of(client, "cohort")[0].text("ended_on") == "2026-11-23"
    assert office.of(client, "need") == []
