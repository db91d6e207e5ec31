# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A forum held on one laptop: its minutes, its actions, and what is erased of it, on the others."""

from html import unescape

import pytest

from desktop_app.casework.due import Facts
from desktop_app.casework.records import Answers
from desktop_app.casework.today import today
from desktop_app.reports.minutes import minutes
from desktop_app.reports.web_page import web_page
from storage import check
from tests.sync.laptops import Four, Laptop
from tests.sync.story import file_of
from tests.sync.test_erasing import erase, share_of
from tests.sync.words_left import words_left, words_on
from ui.clock import local
from ui.pages import forum_facts, forum_saving
from ui.pages.forum_saving import Act, Meeting, Said

PRAISED, OTHER, ASKED = "Twelve clean tests", "Nothing new heard", "Ring the sister"
NAMES = ("Croft", "Quill")


@pytest.fixture
def clients(four: Four) -> list[bytes]:
    """Return two clients on the programme, whom everybody has."""
    made = [four.grant.save("client", {"surname": name, "forename": "Lee"}) for name in NAMES]
    place: Answers = {"cohort": "demand_side", "started_on": "2026-05-01", "told_on": "2026-05-02"}
    for client in made:
        four.grant.save("cohort", place, client=client)
    four.everybody_exchanges()
    return made


def hold(four: Four, clients: list[bytes]) -> bytes:
    """Hold a forum at the coordinator's, record both and close it; return its record."""
    grant, ann = four.grant, four.ann.seat.person
    team, now = grant.seat.team, local(grant.clock.later())
    me = team.persons[grant.seat.person]
    meeting = Meeting(grant.dice.randbytes(16), me.id, (me.id, ann), now)
    pen = forum_saving.Pen(team, now, lambda: grant.dice.randbytes(16))
    rings = Act(ASKED, ann, now.date().isoformat())
    for client, why, acts in zip(clients, (PRAISED, OTHER), ((rings,), ()), strict=True):
        said = Said("relax", why, agreed=(me.id, ann), actions=acts)
        shown = forum_facts.one_client(grant.store, client, me, team, now)
        edits = forum_saving.recorded(said, meeting, shown, "everyone", pen)
        grant.store.save(edits, now_ms=grant.clock.later())
    agenda = forum_facts.agenda(grant.store, meeting.id, me, team, now, began=meeting.began)
    over = forum_saving.closed(meeting, agenda, on=now.date())
    grant.store.save([over], now_ms=grant.clock.later())
    return meeting.id


def read(laptop: Laptop, forum: bytes) -> str:
    """Return the minutes as a laptop shows them."""
    entries, names = forum_facts.of_forum(laptop.store, forum)
    sheet = minutes(laptop.record(forum), entries, names, laptop.seat.team, made="")
    return web_page(sheet).decode()


def actions(laptop: Laptop, clients: list[bytes]) -> list[str]:
    """Return the actions on the Today of whose laptop it is."""
    team, now = laptop.seat.team, local(laptop.now_ms)
    files = tuple(file_of(laptop, client) for client in clients)
    rows = today(Facts(files, team), team.persons[laptop.seat.person], now)
    return [f"{one.what} {one.sentence}" for one in rows if one.kind == "action"]


@pytest.mark.parametrize("step", [1, -1], ids=["in_turn", "reversed"])
def test_minutes_and_actions_arrive_and_what_is_erased_is_gone_from_them_everywhere(
    four: Four, clients: list[bytes], step: int
) -> None:
    forum = hold(four, clients)
    laptops = list(four)[1:][::step]
    for laptop in (four.grant, *laptops):
        laptop.exchange(four.share)
    four.everybody_exchanges()
    first = read(four.grant, forum)
    for laptop in four:
        assert read(laptop, forum) == first
        assert all(words in first for words in (PRAISED, OTHER, ASKED, "CROFT", "QUILL"))
        mine = actions(laptop, clients)
        assert len(mine) == (1 if laptop is four.ann else 0)
    assert ASKED in actions(four.ann, clients)[0]

    client = clients[0]
    forms = ("forum_entry", "decision", "action")
    gone = [one.id for one in file_of(four.grant, client).records if one.form in forms]
    erase(four.grant, *gone, client=client)
    four.everybody_exchanges(3)
    left = read(four.grant, forum)
    for laptop in four:
        assert read(laptop, forum) == left
        assert words_left(laptop, [PRAISED, ASKED], four) == set()
        assert actions(laptop, clients) == []
        assert check.check(laptop.store) == []
    assert words_on(share_of(four), [PRAISED, ASKED], four) == set()
    assert "What was said of 1 person is not on this laptop: erased" in unescape(left)
    assert (OTHER in left, "QUILL" in left, "CROFT" in left) == (True, True, False)
