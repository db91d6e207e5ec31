# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sharing says what is stale, what has not arrived and who waits for what, whenever it is true."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.casework import audience as audiences
from desktop_app.casework.forms import forms
from desktop_app.casework.records import Live, Record
from desktop_app.casework.wording import told
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS
from tests.sync.test_odd_bundles import write
from tests.ui.crew import Crew, key, tab_to, words_on
from tests.ui.test_exchanging import hostile
from tests.ui.test_sharing import client, newest_of
from ui.kit.buttons import Button
from ui.pages.importing_aside import ASIDE
from ui.pages.sharing import SharingPage
from ui.pages.sharing_facts import COLUMNS, readers_of
from ui.pages.sharing_letter import READS, _words_for
from ui.places import Place

EVERY = [
    (name, audience)
    for name, form in sorted(forms().items())
    for audience in (form.audience, *form.narrow)
    if audience != audiences.AUDIT
]


@pytest.mark.parametrize(("name", "audience"), EVERY)
def test_every_form_and_every_audience_is_told_in_words_before_it_leaves(
    ann: Crew, name: str, audience: str
) -> None:
    team = ann.session.team
    record = Record(b"r" * 16, name, b"", audience, ann.session.me.id, [Live(1, 1, 1, 0, {})])
    assert told(record, team, on=ann.session.today()).title
    states = readers_of(audience, team)
    assert len(states) == len(COLUMNS)
    assert all(state in READS and _words_for(state) for state in states)
    may = {one.id for one in audiences.readers(audience, team)}
    for role, state in zip(COLUMNS, states, strict=True):
        people = [one for one in team.persons.values() if role in one.roles and one.active]
        can = [one.id in may for one in people]
        assert state is (True if can and all(can) else None if any(can) else False)
    if audience != audiences.PARTNERS:
        assert audiences.title(audience)


def test_with_what_leaves_goes_what_the_audit_officer_alone_reads(ann: Crew) -> None:
    client(ann)
    assert "for the audit officer alone" in words_on(ann.show(SharingPage))


def test_the_coordinators_silence_is_said_without_an_exchange(ann: Crew) -> None:
    ann.four.everybody_exchanges()
    assert "No news from the coordinator" not in words_on(ann.show(SharingPage))
    ann.four.clock.later(16 * DAY_MS)
    assert "No news from the coordinator for 16 days." in words_on(ann.show(SharingPage))


def test_a_folder_not_reached_for_a_week_is_said_and_no_longer_once_it_was(ann: Crew) -> None:
    ann.exchange()
    assert "was last reached" not in words_on(ann.show(SharingPage))
    ann.four.clock.later(8 * DAY_MS)
    said = words_on(ann.show(SharingPage))
    assert "The team folder was last reached 8 days ago." in said
    ann.exchange()
    assert "was last reached" not in words_on(ann.show(SharingPage))


def test_what_waits_for_a_newer_list_of_people_is_said(ann: Crew, shah: Crew) -> None:
    ann.four.everybody_exchanges()
    assert "newer list of people" not in words_on(shah.show(SharingPage))
    write(ann.laptop, hostile(ann), roster_n=99)
    shah.exchange()
    said = words_on(shah.show(SharingPage))
    assert "1 bundle waits for a newer list of people than this laptop has." in said


def test_a_folder_that_went_back_in_time_is_said_after_a_lock_too(ann: Crew) -> None:
    share = hostile(ann)
    ann.four.everybody_exchanges()
    old = dict(share.files)
    client(ann)
    ann.exchange()
    ann.four.everybody_exchanges()
    share.files.clear()
    share.files.update(old)
    ann.exchange()
    assert "older copy of itself" in words_on(ann.show(SharingPage))
    ann.exchange()
    assert "older copy of itself" not in words_on(ann.show(SharingPage))


@pytest.fixture
def gap(ann: Crew, shah: Crew) -> str:
    """One bundle of Ann's is lost; three that follow wait for it at Shah's."""
    share = hostile(ann)
    ann.four.everybody_exchanges()
    client(ann)
    ann.exchange()
    lost = newest_of(share, ann.laptop)
    for place in ("one", "two", "three"):
        ann.laptop.save("visit", {"place": place})
        ann.exchange()
    share.hidden.add(lost)
    shah.exchange()
    return lost


def test_a_gap_is_named_with_how_many_wait_also_after_a_lock(
    ann: Crew, shah: Crew, gap: str
) -> None:
    number = int(gap.rpartition("/")[2][:10])
    page = shah.show(SharingPage)  # a page made anew: it knows of no exchange
    said = words_on(page)
    assert f"Ann Lowe on Ann's laptop: bundle {number} has not arrived." in said
    assert "3 bundles wait for it." in said
    assert "Nothing is lost" in said
    hostile(ann).hidden.clear()
    shah.exchange()
    assert "has not arrived" not in words_on(shah.show(SharingPage))


def test_what_each_bundle_brought_and_where_it_would_wait_is_said(ann: Crew, bell: Crew) -> None:
    ann.four.everybody_exchanges()
    bell.laptop.save("visit", {"place": "clinic"})
    bell.exchange()
    ann.exchange()
    lee = client(ann)
    ann.laptop.save("visit", {"place": "home"}, client=lee)
    ann.exchange()
    said = words_on(ann.show(SharingPage))
    assert "1 client, 1 visit." in said
    assert "Shah's laptop: it would wait there for bundle" in said
    assert "from T. Bell on Bell's laptop" in said
    assert "Bell's laptop: it would wait" not in said


def test_why_a_colleague_has_set_it_aside_is_said_item_by_item(ann: Crew, bell: Crew) -> None:
    ann.four.everybody_exchanges()
    ann.laptop.skew_ms = 3 * DAY_MS
    client(ann)
    ann.exchange()
    bell.exchange()
    bell.laptop.save("visit", {"place": "clinic"})
    bell.exchange()
    ann.exchange()
    said = words_on(ann.show(SharingPage))
    why = "dated far ahead; check the clock of this laptop"
    assert f"Set aside on Bell's laptop (T. Bell): {why}." in said


def test_what_is_set_aside_leads_to_what_can_be_done(ann: Crew, shah: Crew) -> None:
    share = ann.share
    assert isinstance(share, HostileShare)
    client(ann)
    ann.exchange()
    share.flip(newest_of(share, ann.laptop))
    for _twice in range(2):
        shah.exchange()
    page = shah.show(SharingPage)
    (act,) = [one for one in page.side.findChildren(Button) if "What you can do" in one.text()]
    tab_to(page, act)
    key(Qt.Key.Key_Space)
    assert shah.went == [Place("import", form=ASIDE)]
