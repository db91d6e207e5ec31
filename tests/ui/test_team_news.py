# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""That a laptop is out, this one perhaps, and that there are no papers yet, is said on Today."""

from PySide6.QtWidgets import QPushButton, QWidget

from storage import unlock
from storage.store import Store
from sync.admission import take_out_laptop
from sync.shut_out import shut_out_words
from tests.sync.papers import with_papers
from tests.ui.crew import Crew, nameless, words_on
from tests.ui.desk import TOLD
from tests.ui.life import Life
from ui.kit.chip import Chip
from ui.pages.sharing import SharingPage
from ui.pages.sign_in import Opened
from ui.pages.team import TeamPage
from ui.pages.team_news import MAKE_PAPERS, TeamNews
from ui.places import Place

LEAST = "The keepers' papers are not made yet"


def shown(crew: Crew) -> TeamNews:
    """Return what Today says of the team, as after a new sign-in."""
    news = TeamNews(crew.session, crew.exchanging)
    crew.qtbot.addWidget(news)
    news.go.connect(crew.went.append)
    crew.settle()
    return news


def press(page: QWidget, words: str) -> None:
    next(
        one for one in page.findChildren(QPushButton) if words in one.text().replace("&", "")
    ).click()


def take_out(crew: Crew) -> None:
    """Take somebody's laptop out of the team, and let the others learn of it."""
    four = crew.four
    four.everybody_exchanges()
    take_out_laptop(
        four.grant.store,
        crew.laptop.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)


def test_the_others_are_told_once_in_plain_words_and_can_read_it_later(
    ann: Crew, shah: Crew
) -> None:
    before = shown(ann)
    assert before.isHidden()
    take_out(shah)
    ann.exchange()
    ann.settle()
    said = words_on(before)
    assert "Shah's laptop of PC R. Shah has been out of the team since" in said
    assert "What had come from it stays." in said
    assert not before.isHidden()
    assert not nameless(before)
    again = shown(ann)  # a lock and a new sign-in
    assert "Shah's laptop of PC R. Shah" in words_on(again)
    press(again, "Open Team")
    assert ann.went[-1] == Place("team")
    press(again, "I have read it")
    ann.settle()
    assert again.isHidden()
    assert shown(ann).isHidden()
    team = words_on(ann.show(TeamPage))
    assert "Out of the team" in team
    assert "Shah's laptop of PC R. Shah has been out of the team since" in team


def test_several_are_told_together(ann: Crew, shah: Crew) -> None:
    four = ann.four
    take_out(shah)
    take_out_laptop(
        four.grant.store,
        four.bell.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)
    ann.exchange()
    said = words_on(shown(ann))
    assert "Shah's laptop of PC R. Shah has been out" in said
    assert "Bell's laptop" in said
    assert "They read nothing you share from now on." in said


def test_whoever_took_it_out_reads_of_it_on_team_alone(grant: Crew, shah: Crew) -> None:
    with_papers(grant.four)
    take_out(shah)
    grant.exchange()
    assert shown(grant).isHidden()
    assert "Shah's laptop of PC R. Shah" in words_on(grant.show(TeamPage))


def test_the_lost_laptops_own_window_says_so_as_long_as_it_holds(ann: Crew, shah: Crew) -> None:
    page = shah.show(SharingPage)
    news = shown(shah)
    take_out(shah)
    shah.exchange()
    ann.laptop.save("visit", {"place": "home"})
    ann.laptop.exchange(ann.share)
    shah.exchange()
    shah.settle()
    for again in (page, shah.show(SharingPage)):  # also after a lock and a new sign-in
        said = words_on(again)
        assert shut_out_words() in said
        assert "What you share may not count" in said
        assert "Nothing waits to leave" not in said
        assert "Everything you wrote has left this laptop" not in said
        assert "This file is not from this team" not in said, "one sentence says it"
        chips = [one for one in again.findChildren(Chip) if one.isVisibleTo(again)]
        assert "ok" not in {one._chip.tone for one in chips}
    for strip in (news, shown(shah)):
        assert shut_out_words() in words_on(strip)
        press(strip, "Open Sharing")
        assert shah.went[-1] == Place("sharing")
    assert shut_out_words() not in words_on(shown(ann))


def test_the_papers_are_asked_for_until_they_are_made(grant: Crew, ann: Crew) -> None:
    news = shown(grant)
    assert LEAST in words_on(news)
    press(news, "Make the papers")
    assert grant.went[-1] == MAKE_PAPERS
    assert LEAST not in words_on(shown(ann)), "only whoever can make them is asked"
    with_papers(grant.four)
    news.ask()
    grant.settle()
    assert news.isHidden()
    assert shown(grant).isHidden()


def test_today_asks_for_the_keepers_papers_and_leads_to_them(life: Life) -> None:
    desk = life.desk
    book = desk.sign_in()
    (strip,) = book.frame.page("today").findChildren(TeamNews)
    assert "The keepers' papers are not made yet" in words_on(strip)
    strip.findChildren(QPushButton)[0].click()
    desk.settle()
    assert book.frame.place == MAKE_PAPERS
    assert "Who keeps the three papers?" in words_on(book.frame.page("keepers"))


def test_a_new_team_goes_on_to_the_papers_and_today_is_behind_them(life: Life) -> None:
    desk, place = life.desk, life.place
    store = Store.open(place.folder, unlock.unlock(place.folder, TOLD))
    desk.tandem._opened(Opened(store, place, first=MAKE_PAPERS))
    desk.settle()
    frame = desk.book.frame
    assert frame.place == MAKE_PAPERS
    assert "Who keeps the three papers?" in words_on(frame.page("keepers"))
