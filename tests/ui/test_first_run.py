# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The first time on a laptop: real pages, real vaults, a real folder between two laptops."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from storage import holders, recovery, unlock
from storage.store import Store
from sync.asking import invite
from sync.join import INVITATION
from sync.seat import seat_of
from tests.ui.crew import files_of, key, nameless, tab_to, words_on
from tests.ui.joining import LOWE, WHO, Arrive, FirstTime, Lowe, says
from tests.ui.office import OfficeClock
from ui import enrolment, theme
from ui import home as homes
from ui.home import MADE_UP, MADE_UP_FOLDER
from ui.pages.first_run_keepers import KeepersOffer
from ui.pages.first_run_steps import Questions
from ui.pages.paper_steps import Drill, PaperAsked, PaperWords
from ui.pages.team_news import MAKE_PAPERS
from ui.theme import Theme


def test_a_coordinator_founds_a_team(arrive: Arrive, share: Path) -> None:
    laptop = arrive("lowe")
    passphrase = laptop.begin("new", LOWE, share)
    opened = laptop.opened.pop()
    seat = seat_of(opened.store)
    assert seat is not None
    assert seat.team.name == "Saltings"
    assert seat.team.persons[seat.person].roles == {Role.COORDINATOR}
    assert homes.about_of(opened.place.folder).team == "Saltings"
    opened.store.close()
    Store.open(opened.place.folder, unlock.unlock(opened.place.folder, passphrase)).close()


def test_the_whole_way_in_from_the_invitation_to_the_open_casebook(
    lowe: Lowe, arrive: Arrive, share: Path
) -> None:
    lowe.invite()
    newcomer = arrive("osei")
    newcomer.begin("join", WHO, share)
    assert len(newcomer.six_words().split()) == 6
    lowe.exchange()
    card = lowe.request()
    assert newcomer.six_words() in words_on(card)
    newcomer.compare.act.click()
    newcomer.settle()
    assert "Not yet" in says(newcomer.step)
    card.compared.setChecked(True)
    card.roles.set_values([Role.KEY_WORKER.value])
    card.let_in()
    lowe.settle()
    lowe.exchange()
    newcomer.compare.act.click()
    newcomer.settle()
    drill = newcomer.step
    assert isinstance(drill, Drill)
    drill.words.setText(" ".join(recovery.words_of(recovery.new_seed())))
    drill.act.click()
    newcomer.settle()
    assert "belong to another casebook" in says(drill)
    assert drill.words.text() == ""
    assert not newcomer.opened
    drill.words.setText(lowe.paper.upper())
    drill.act.click()
    newcomer.settle()
    (opened,) = newcomer.opened
    assert holders.standing(opened.store).drilled == "2026-11-23"
    seat = seat_of(opened.store)
    assert seat is not None
    assert seat.team.persons[seat.person].name == "K. Osei"
    about = homes.about_of(opened.place.folder)
    assert (about.team, about.role) == ("Saltings", "key_worker")


def test_a_laptop_that_waits_comes_back_to_the_same_six_words(
    lowe: Lowe, arrive: Arrive, share: Path
) -> None:
    lowe.invite()
    laptop = arrive("osei")
    laptop.begin("join", WHO, share)
    words = laptop.six_words()
    waiting = laptop.page._waiting
    assert waiting is not None
    again = arrive("osei")
    again.page.wait_for_team(waiting)
    again.settle()
    assert again.six_words() == words
    laptop.page._waiting = None


def test_esc_while_waiting_leaves_the_request_where_it_is_and_makes_nothing_twice(
    lowe: Lowe, arrive: Arrive, share: Path
) -> None:
    lowe.invite()
    laptop = arrive("osei")
    laptop.begin("join", WHO, share)
    key(Qt.Key.Key_Escape)
    assert laptop.done
    assert len(homes.vaults(laptop.home)) == 1
    lowe.exchange()
    assert "K. Osei" in words_on(lowe.request())


def test_no_invitation_is_said_on_the_page_and_no_vault_is_left(
    arrive: Arrive, share: Path
) -> None:
    laptop = arrive("osei")
    laptop.begin("join", WHO, share)
    assert "no invitation in this folder" in laptop.step.wrong.text()
    assert laptop.step.wrong.isVisible()
    assert not homes.vaults(laptop.home)
    assert "Try again" in laptop.step.act.text().replace("&", "")


def test_a_folder_that_is_not_there_is_said_calmly_and_can_be_tried_again(
    arrive: Arrive, share: Path, tmp_path: Path
) -> None:
    laptop = arrive("lowe")
    laptop.begin("new", LOWE, tmp_path / "gone")
    assert "cannot be reached" in laptop.step.wrong.text()
    assert not laptop.opened
    assert not homes.vaults(laptop.home)
    (tmp_path / "gone").mkdir()
    laptop.step.act.click()
    laptop.settle()
    laptop.put_off()
    assert laptop.opened


def test_what_is_missing_is_listed_and_nothing_is_made(arrive: Arrive, share: Path) -> None:
    laptop = arrive("osei")
    laptop.page.choices.buttons["join"].click()
    laptop.step.act.click()
    said = says(laptop.step)
    for wanted in ("Give your name", "Say who employs you", "Choose the team folder"):
        assert wanted in said
    assert not laptop.home.exists() or not files_of(laptop.home)


def test_a_name_with_a_letter_that_turns_others_is_refused(arrive: Arrive, share: Path) -> None:
    laptop = arrive("osei")
    laptop.page.choices.buttons["join"].click()
    asked = laptop.step
    assert isinstance(asked, Questions)
    fields = asked.fields
    fields["name"].setText("K. Os\u202eei")
    laptop.step.act.click()
    assert "invisible letter" in says(laptop.step)
    fields["name"].setText("  K.  Ose\u0301 ")
    assert asked.answers()["name"] == "K. Os\u00e9"


def test_nothing_is_made_until_the_words_were_written_down_and_typed(
    arrive: Arrive, share: Path
) -> None:
    laptop = arrive("lowe")
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    laptop.words.act.click()
    assert "Type the five words" in says(laptop.step)
    QTest.keyClicks(laptop.words.typed, laptop.words.passphrase)
    laptop.words.act.click()
    assert "written the words down" in says(laptop.step)
    assert not homes.vaults(laptop.home)


def test_other_words_can_be_had_and_must_be_typed_then(arrive: Arrive, share: Path) -> None:
    laptop = arrive("lowe")
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    first = laptop.words.passphrase
    laptop.words._again()
    assert laptop.words.passphrase != first
    laptop.words.typed.setText(first)
    laptop.words.paper.setChecked(True)
    laptop.words.act.click()
    assert not homes.vaults(laptop.home)


def test_back_and_esc_undo_one_step_and_lose_nothing_before_it(arrive: Arrive, share: Path) -> None:
    laptop = arrive("lowe")
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    key(Qt.Key.Key_Escape)
    assert laptop.questions.answers()["name"] == "M. Lowe"
    laptop.questions.back.emit()
    assert laptop.page.steps.currentWidget() is laptop.page.choices
    key(Qt.Key.Key_Escape)
    assert laptop.page.steps.currentWidget() is laptop.page.choices


def test_the_folder_is_chosen_in_a_dialog_and_kept_when_thought_better_of(
    arrive: Arrive, share: Path
) -> None:
    laptop = arrive("osei")
    laptop.dialogs.answers["folder"] = share
    laptop.page.choices.buttons["join"].click()
    buttons = laptop.questions.findChildren(QPushButton)
    (button,) = (one for one in buttons if one.accessibleName() == "Choose a folder")
    button.click()
    assert laptop.questions.answers()["folder"] == str(share)
    laptop.dialogs.answers.clear()
    button.click()
    assert laptop.questions.answers()["folder"] == str(share)


def test_a_made_up_team_is_opened_where_it_lies(arrive: Arrive) -> None:
    laptop = arrive("anybody")
    place = laptop.home / MADE_UP_FOLDER
    place.mkdir(parents=True)
    (place / MADE_UP).write_text('passphrase = "a b c d e"\n', encoding="utf-8")
    laptop.page.choices.buttons["made_up"].click()
    laptop.settle()
    assert laptop.moved == [place]


def test_a_made_up_team_is_not_made_over_something_else(arrive: Arrive) -> None:
    laptop = arrive("anybody")
    place = laptop.home / MADE_UP_FOLDER
    place.mkdir(parents=True)
    (place / "mine.txt").write_text("mine", encoding="utf-8")
    laptop.page.choices.buttons["made_up"].click()
    laptop.settle()
    assert "something in this folder" in laptop.dialogs.told[0]
    assert laptop.page.steps.currentWidget() is laptop.page.choices
    assert files_of(place) == {"mine.txt"}


def test_a_copy_of_a_vault_is_restored_and_opens_with_its_words(
    arrive: Arrive, share: Path
) -> None:
    laptop = arrive("lowe")
    passphrase = laptop.begin("new", LOWE, share)
    opened = laptop.opened.pop()
    opened.store.close()
    copy = opened.place.folder
    before = {one.name: one.read_bytes() for one in copy.iterdir()}
    other = arrive("other")
    other.dialogs.answers["folder"] = copy
    other.page.choices.buttons["restore"].click()
    other.settle()
    assert other.done
    (place,) = homes.vaults(other.home)
    assert place.about.person == "M. Lowe"
    Store.open(place.folder, unlock.unlock(place.folder, passphrase)).close()
    assert {one.name: one.read_bytes() for one in copy.iterdir()} == before


def test_a_folder_without_a_vault_restores_nothing(arrive: Arrive, share: Path) -> None:
    laptop = arrive("other")
    laptop.dialogs.answers["folder"] = share
    laptop.page.choices.buttons["restore"].click()
    laptop.settle()
    assert "no casebook in this folder" in laptop.dialogs.told[0]
    assert not laptop.done
    laptop.dialogs.answers.clear()
    laptop.page.choices.buttons["restore"].click()
    laptop.settle()
    assert len(laptop.dialogs.told) == 1


def test_f1_asks_for_its_help(arrive: Arrive, qtbot: QtBot) -> None:
    laptop = arrive("osei")
    with qtbot.waitSignal(laptop.page.help_wanted) as asked:
        key(Qt.Key.Key_F1)
    assert asked.args == ["first_run"]


def press(laptop: FirstTime, wanted: QWidget) -> None:
    """Go there with Tab, and press Space."""
    tab_to(laptop.page, wanted)
    key(Qt.Key.Key_Space)


def test_keys_alone_found_a_team(arrive: Arrive, share: Path) -> None:
    laptop = arrive("lowe")
    press(laptop, laptop.page.choices.buttons["new"])
    for words in (*LOWE.values(), str(share)):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)
        key(Qt.Key.Key_Tab)
    assert not nameless(laptop.page)
    press(laptop, laptop.step.act)
    words_step = laptop.words
    assert words_step.typed.hasFocus()
    QTest.keyClicks(words_step.typed, words_step.passphrase)
    press(laptop, words_step.paper)
    press(laptop, words_step.act)
    shown = laptop.step
    assert isinstance(shown, PaperWords)
    assert not nameless(laptop.page)
    press(laptop, shown.paper)
    press(laptop, shown.act)
    asked = laptop.step
    assert isinstance(asked, PaperAsked)
    assert not nameless(laptop.page)
    for at in asked.at:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, asked._words[at])
        key(Qt.Key.Key_Tab)
    press(laptop, asked.act)
    laptop.settle()
    offer = laptop.step
    assert isinstance(offer, KeepersOffer)
    assert not nameless(laptop.page)
    press(laptop, offer.later)
    assert laptop.opened


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_step_fits_the_smallest_window(
    arrive: Arrive, share: Path, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, Theme(text_scale=scale))
    laptop = arrive("lowe")
    laptop.page.resize(1000, 540)
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    assert (laptop.page.width(), laptop.page.height()) == (1000, 540)


def test_an_invitation_is_named_so_that_it_says_nothing(lowe: Lowe, share: Path) -> None:
    lowe.invite()
    (found,) = share.glob("*.invitation")
    assert len(found.stem) == 8
    assert found.name in lowe.page.notice.text()


def test_the_newest_invitation_counts(lowe: Lowe, share: Path, clock: OfficeClock) -> None:
    (share / "strange.invitation").write_bytes(b"something else")
    lowe.invite()
    who = enrolment.Newcomer("K. Osei", "Outreach", "Laptop 2", share, "words")
    assert enrolment._invitation_in(who.share).startswith(INVITATION)
    assert invite(lowe.session._store, now_ms=clock.now_ms(), random=bytes)


def test_right_after_founding_the_keepers_papers_are_offered(arrive: Arrive, share: Path) -> None:
    laptop = arrive("lowe")
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    laptop.write_down()
    laptop.put_on_paper()
    offer = laptop.step
    assert isinstance(offer, KeepersOffer)
    assert "Saltings is founded" in says(offer)
    assert "all of it hangs on this one laptop" in says(offer)
    assert not laptop.opened, "the casebook opens once that is answered"
    assert not nameless(offer)
    key(Qt.Key.Key_Return)
    (opened,) = laptop.opened
    assert opened.first == MAKE_PAPERS


def test_esc_puts_the_papers_off_and_opens_the_casebook(arrive: Arrive, share: Path) -> None:
    laptop = arrive("lowe")
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    laptop.write_down()
    laptop.put_on_paper()
    key(Qt.Key.Key_Escape)
    (opened,) = laptop.opened
    assert opened.first is None
    assert not laptop.done
