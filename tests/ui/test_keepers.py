# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keepers: papers made, somebody else named by two of them, here and at two laptops, by keys."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_app.casework.people import Role
from sync import acts
from sync.admission import amend_team, take_out_laptop
from sync.deciding import Former, hand_over, replace_recovery_key
from sync.rivals import rivals
from tests.journeys.week import twice_taken
from tests.sync.laptops import BELL, Laptop, join_team
from tests.sync.papers import NAMES, Paper, with_papers
from tests.sync.test_rivals import doubt
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.kit.stops import first_stop
from ui.pages import keepers_ways
from ui.pages.first_run_steps import Questions, Step
from ui.pages.keepers import KeepersPage
from ui.pages.keepers_steps import SignStep, Successor, WhichList
from ui.pages.paper_steps import PaperAsked, PaperWords
from ui.pages.team import TeamPage
from ui.places import Place

ALT = Qt.KeyboardModifier.AltModifier


def keepers(crew: Crew, home: Path) -> KeepersPage:
    page = crew.show(partial(_page, home=home))
    first = first_stop(page)
    assert first is not None
    first.setFocus()  # as the window does
    return page


def _page(session: object, dialogs: object, *, exchanging: object, home: Path) -> KeepersPage:
    return KeepersPage(session, dialogs, home, exchanging=exchanging)  # type: ignore[arg-type]


def step_of(page: KeepersPage, kind: type[Step]) -> Step:
    assert isinstance(page.step, kind), type(page.step).__name__
    return page.step


def go_on(crew: Crew, page: KeepersPage) -> None:
    step_of(page, Step).act.click()
    crew.settle()


def sign(crew: Crew, page: KeepersPage, paper: Paper) -> None:
    step = step_of(page, SignStep)
    assert isinstance(step, SignStep)
    step.words.set_text(paper[0])
    go_on(crew, page)


def choose(crew: Crew, page: KeepersPage, laptop: Laptop, former: Former, *roles: Role) -> None:
    page.buttons["coordinator"].click()
    step = step_of(page, Successor)
    assert isinstance(step, Successor)
    step.laptop.set_value(laptop.seat.me.device.hex())
    step.former.set_value(former.value)
    step.former.chosen.emit(former.value)
    step.roles.set_values([one.value for one in roles])
    go_on(crew, page)


def test_the_coordinator_is_asked_plainly_and_makes_the_papers_by_keys(
    grant: Crew, tmp_path: Path
) -> None:
    assert "All of this hangs on this laptop" in words_on(grant.show(TeamPage))
    page = keepers(grant, tmp_path)
    assert not nameless(page)
    tab_to(page, page.buttons["papers"])
    key(Qt.Key.Key_Space)
    step = step_of(page, Questions)
    assert isinstance(step, Questions)
    go_on(grant, page)
    assert "Say who keeps paper 2" in words_on(page)
    for field, name in zip(step.fields.values(), NAMES, strict=True):
        field.setText(name)
    key(Qt.Key.Key_Return)
    for n, name in enumerate(NAMES, start=1):
        shown = step_of(page, PaperWords)
        assert f"Keeper's paper {n} of 3: {name}" in words_on(page)
        assert isinstance(shown, PaperWords)
        grant.dialogs.answers["save_file"] = tmp_path / f"keeper{n}.pdf"
        shown.save.click()
        assert (tmp_path / f"keeper{n}.pdf").read_bytes().startswith(b"%PDF")
        shown.paper.setChecked(True)
        shown.act.click()
        asked = step_of(page, PaperAsked)
        assert isinstance(asked, PaperAsked)
        assert acts.alone(grant.laptop.store)
        for at, field in zip(asked.at, asked.fields, strict=True):
            field.setText(asked._words[at])
        go_on(grant, page)
    assert page.step is None
    assert "The three papers count from now on." in page.notice.text()
    assert not acts.alone(grant.laptop.store)
    assert f"Each of them keeps a paper: {', '.join(NAMES)}." in words_on(page)
    said = words_on(grant.show(TeamPage))
    assert "hangs on this laptop" not in said
    assert f"Any two of these decide who coordinates the team: {', '.join(NAMES)}." in said


def test_whoever_comes_finds_the_keyboard_on_the_first_act(grant: Crew, tmp_path: Path) -> None:
    page = grant.show(partial(_page, home=tmp_path))
    grant.qtbot.waitUntil(page.buttons["papers"].hasFocus)
    tab_to(page, page.buttons["coordinator"])
    before = page.buttons["coordinator"]
    page.ask()  # the list of people changed meanwhile
    grant.qtbot.waitUntil(lambda: page.buttons["coordinator"] is not before)
    grant.qtbot.waitUntil(page.buttons["coordinator"].hasFocus)


def test_leaving_before_the_third_paper_changes_nothing(grant: Crew, tmp_path: Path) -> None:
    page = keepers(grant, tmp_path)
    page.buttons["papers"].click()
    step = step_of(page, Questions)
    assert isinstance(step, Questions)
    for field, name in zip(step.fields.values(), NAMES, strict=True):
        field.setText(name)
    go_on(grant, page)
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_Escape)
    assert page.step is None
    assert acts.alone(grant.laptop.store)


def test_two_keepers_name_another_coordinator_at_one_laptop(
    grant: Crew, ann: Crew, tmp_path: Path
) -> None:
    made = with_papers(grant.four)
    page = keepers(grant, tmp_path)
    choose(grant, page, grant.four.ann, Former.STAYS, Role.ANALYST)
    said = words_on(page)
    assert "Ann Lowe on Ann's laptop coordinates the team." in said
    assert "2 more keepers have to sign." in said
    assert not nameless(page)
    assert not twice_taken(page)
    sign(grant, page, made[2])
    assert f"Signed so far: {NAMES[2]}." in words_on(page)
    assert "1 more keeper has to sign." in words_on(page)
    sign(grant, page, made[0])
    assert page.step is None
    assert "It is decided." in page.notice.text()
    grant.exchange()
    ann.exchange()
    assert Role.COORDINATOR in ann.session.team.persons[ann.laptop.seat.person].roles


def test_a_wrong_paper_is_said_and_no_word_stays_in_the_field(grant: Crew, tmp_path: Path) -> None:
    made = with_papers(grant.four)
    page = keepers(grant, tmp_path)
    choose(grant, page, grant.four.ann, Former.LOST)
    sign(grant, page, ("one two three", b"", ""))
    assert "twelve words" in words_on(page)
    sign(grant, page, made[1])
    sign(grant, page, made[1])
    assert "signed already" in words_on(page)
    step = step_of(page, SignStep)
    assert isinstance(step, SignStep)
    assert step.words.text() == ""


def test_what_is_missing_is_asked_for_before_anything_is_prepared(
    ann: Crew, tmp_path: Path
) -> None:
    with_papers(ann.four)
    page = keepers(ann, tmp_path)
    page.buttons["coordinator"].click()
    step = step_of(page, Successor)
    assert isinstance(step, Successor)
    assert step.laptop.value() == ann.laptop.seat.me.device.hex()
    step.laptop.set_value("")
    go_on(ann, page)
    said = words_on(page)
    assert "Choose who coordinates from now on" in said
    assert "Say what becomes of whoever coordinates now" in said
    step.former.set_value(Former.STAYS.value)
    go_on(ann, page)
    assert "Say what they do from now on" in words_on(page)
    assert acts.pending(ann.laptop.store) is None


def test_it_waits_and_goes_on_at_another_laptop(ann: Crew, shah: Crew, tmp_path: Path) -> None:
    made = with_papers(ann.four)
    page = keepers(ann, tmp_path)
    choose(ann, page, ann.four.ann, Former.LOST)
    sign(ann, page, made[0])
    file = tmp_path / "keepers.tandem"
    ann.dialogs.answers["save_file"] = file
    step = step_of(page, SignStep)
    assert isinstance(step, SignStep)
    step.elsewhere.emit()
    ann.settle()
    assert file.name in page.notice.text()
    assert "Waits for a keeper" in words_on(page)
    assert not twice_taken(page)
    assert "Something waits for a keeper" in words_on(ann.show(TeamPage))
    shah.exchange()
    other = keepers(shah, tmp_path)
    shah.dialogs.answers["open_file"] = file
    other.buttons["take_up"].click()
    shah.settle()
    assert f"Signed so far: {NAMES[0]}." in words_on(other)
    sign(shah, other, made[1])
    assert "It is decided." in other.notice.text()
    shah.exchange()
    ann.exchange()
    assert ann.laptop.seat.roster.coordinators == (ann.laptop.seat.me.device,)
    assert acts.pending(ann.laptop.store) is None


def test_what_waits_can_be_given_up_by_keys(ann: Crew, tmp_path: Path) -> None:
    with_papers(ann.four)
    page = keepers(ann, tmp_path)
    choose(ann, page, ann.four.ann, Former.LOST)
    step = step_of(page, SignStep)
    assert isinstance(step, SignStep)
    step.later.emit()
    ann.settle()
    assert "It waits here" in page.notice.text()
    tab_to(page, page.buttons["give_up"])
    key(Qt.Key.Key_Space)
    ann.settle()
    assert "It was given up." in page.notice.text()
    assert acts.pending(ann.laptop.store) is None
    assert "Waits for a keeper" not in words_on(page)


def test_what_the_list_of_people_has_overtaken_says_so_until_it_is_put_away(
    ann: Crew, tmp_path: Path
) -> None:
    four, laptop = ann.four, ann.laptop
    with_papers(four)
    hand_over(
        laptop.store,
        laptop.seat.me.device,
        Former.LOST,
        now_ms=laptop.now_ms,
        random=laptop.dice.randbytes,
    )
    amend_team(four.grant.store, {}, now_ms=four.grant.now_ms, random=four.grant.dice.randbytes)
    four.grant.exchange(four.share)
    laptop.exchange(four.share)
    page = keepers(ann, tmp_path)
    assert "has changed since it was prepared" in words_on(page)
    tab_to(page, page.buttons["give_up"])
    key(Qt.Key.Key_Space)
    ann.settle()
    assert "has changed since it was prepared" not in words_on(page)


def test_new_recovery_words_wait_for_the_keepers(grant: Crew, tmp_path: Path) -> None:
    with_papers(grant.four)
    laptop = grant.laptop
    replace_recovery_key(
        laptop.store, b"r" * 32, now_ms=laptop.now_ms, random=laptop.dice.randbytes
    )
    page = keepers(grant, tmp_path)
    page.show_place(Place("keepers", form="sign"))
    grant.settle()
    assert "New recovery words open every casebook" in words_on(step_of(page, SignStep))


def test_a_lead_where_nobody_leads_is_named_by_two_keepers(
    grant: Crew, shah: Crew, tmp_path: Path
) -> None:
    four, made = grant.four, with_papers(grant.four)
    reed = Laptop("Reed", tmp_path / "reed", four.clock)
    take_out_laptop(
        four.grant.store,
        four.bell.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    join_team(four.grant, reed, four.share, replace(BELL, name="S. Reed"))
    grant.exchange()
    page = grant.show(TeamPage)
    assert "Nobody leads these" in words_on(page)
    lead = next(
        one
        for one in page.findChildren(QPushButton)
        if "S. Reed" in one.accessibleName() and "lead" in one.accessibleName()
    )
    lead.click()
    grant.settle()
    assert grant.went[-1] == Place("keepers", form="sign")
    signing = keepers(grant, tmp_path)
    signing.show_place(grant.went[-1])
    grant.settle()
    assert "S. Reed on Reed's laptop leads: Health only." in words_on(signing)
    sign(grant, signing, made[0])
    sign(grant, signing, made[1])
    assert four.grant.seat.roster.leads_of("health") == {reed.seat.me.device}
    reed.close()


def test_a_team_without_papers_says_who_can_make_them(ann: Crew, tmp_path: Path) -> None:
    said = words_on(keepers(ann, tmp_path))
    assert "Ask the coordinator to make the keepers' papers." in said
    assert "Name another coordinator" not in said
    assert "hangs on this laptop" not in words_on(ann.show(TeamPage))


def test_two_lists_are_shown_side_by_side_and_decided(ann: Crew, tmp_path: Path) -> None:
    made = with_papers(ann.four)
    doubt(ann.four)
    ann.exchange()
    assert "Two different lists of people exist." in words_on(ann.show(TeamPage))
    page = keepers(ann, tmp_path)
    said = words_on(page)
    assert "K. Lund comes into the team." in said
    assert "Out of the team: T. Bell on Bell's laptop." in said
    page.buttons["settle"].click()
    step = step_of(page, WhichList)
    assert isinstance(step, WhichList)
    assert not nameless(page)
    found = page.facts.rivals
    assert found is not None
    said_of = enumerate(keepers_ways.differences(found), start=1)
    (letting,) = [n for n, words in said_of if "comes into the team" in words]
    assert list(step.ticks) == [letting], "only who was let in is asked"
    assert f"List {3 - letting} lets nobody in. This holds either way:" in words_on(page)
    go_on(ann, page)
    assert "this one counts" in words_on(page)
    sign(ann, page, made[0])
    sign(ann, page, made[1])
    assert "It is decided." in page.notice.text()
    assert rivals(ann.laptop.store, ann.laptop.seat) is None


def test_its_buttons_have_letters_and_esc_leaves_a_step(grant: Crew, tmp_path: Path) -> None:
    with_papers(grant.four)
    page = keepers(grant, tmp_path)
    key(Qt.Key.Key_N, ALT)
    grant.qtbot.waitUntil(lambda: isinstance(page.step, Successor))
    key(Qt.Key.Key_Escape)
    assert page.step is None
