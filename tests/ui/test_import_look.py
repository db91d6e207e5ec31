# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A look on Import: what stays out is named, what waits counted apart, the head says what was."""

from datetime import date

import pytest

from sync.outcome import Arrived, Author, Previewed, Waiting
from tests.ui.crew import Crew, words_on
from tests.ui.test_exchanging import hostile
from tests.ui.test_importing import lee as lee  # noqa: PLC0414  a fixture
from tests.ui.test_importing import open_page
from tests.ui.test_sharing import client, newest_of
from ui.kit.chip import Chip
from ui.pages.importing import ImportPage
from ui.pages.importing_cards import waiting_card
from ui.places import Place


def until_nothing_else_is_new(crew: Crew) -> None:
    """Exchange until nobody has anything to tell that is not here."""
    for _round in range(3):
        crew.four.everybody_exchanges()
    crew.laptop.exchange(crew.four.share)


def test_where_nothing_can_come_in_what_waits_is_kept_for_later(ann: Crew, grant: Crew) -> None:
    lee = client(ann)
    until_nothing_else_is_new(grant)
    ann.laptop.save("note", {"note": "First"}, client=lee)
    ann.exchange()
    missing = newest_of(hostile(ann), ann.laptop)
    raw = hostile(ann).drop(missing)
    note = ann.laptop.save("note", {"note": "Second"}, client=lee)
    ann.exchange()
    hostile(ann).files.pop(missing, raw)
    page = open_page(grant)
    page.take_in()  # what others said they had seen
    grant.settle()
    hostile(ann).drop(newest_of(hostile(ann), ann.laptop))
    page.look()
    grant.settle()
    assert [one.comes_in for one in page.found] == [False]
    assert page.found[0].kept
    said = words_on(page)
    assert "Nothing of it can come in yet" in said
    assert "Comes in then: 1 case note." in said
    assert not page.apply.isVisible(), "it is kept already"
    assert not grant.laptop.answers(note)


def test_a_new_bundle_that_only_waits_can_be_kept(ann: Crew, grant: Crew) -> None:
    lee = client(ann)
    until_nothing_else_is_new(grant)
    before = set(hostile(ann).files)
    for words in ("First", "Second"):
        ann.laptop.save("note", {"note": words}, client=lee)
        ann.exchange()
    first = min(path for path in set(hostile(ann).files) - before if path.endswith(".bundle"))
    raw = hostile(ann).files.pop(first)
    page = open_page(grant)
    count = len(page.found)
    assert not any(one.comes_in for one in page.found)
    assert page.apply.accessibleName().startswith(f"Keep {count} bundles for later")
    page.apply.click()
    grant.settle()
    hostile(ann).files[first] = raw
    page.look()
    grant.settle()
    assert f"If you take in these {count + 1} bundles" in words_on(page)


def test_a_laptop_of_which_some_comes_in_is_not_said_to_wait_as_a_whole(look: None) -> None:
    author = Author("K. Osei", "Laptop 2")

    def one(seq: int, *waits_for: int) -> Previewed:
        waits = tuple(Waiting(author, seq, author, other) for other in waits_for)
        return Previewed("", Arrived(author, seq, 0, {"visit": 1} if seq == 1 else {}), waits)

    def said(*found: Previewed) -> list[str]:
        return [chip.text() for chip in waiting_card(found, date(2026, 5, 31)).findChildren(Chip)]

    assert said(one(1)) == []
    assert said(one(1), one(3, 2)) == ["1 of 2 waits"]
    assert said(one(1), one(3, 2), one(4, 2)) == ["2 of 3 wait"]
    assert said(one(3, 2), one(4, 2)) == ["waits"]


@pytest.mark.parametrize("else_new", [False, True])
def test_a_foreign_file_is_named_by_the_look(ann: Crew, grant: Crew, *, else_new: bool) -> None:
    until_nothing_else_is_new(grant)
    if else_new:
        client(ann)
        ann.exchange()
    newest = newest_of(hostile(ann), ann.laptop)
    hostile(ann).files[f"{newest.rpartition('/')[0]}/{'9' * 10}-{'ab' * 16}.bundle"] = b"Not ours"
    page = open_page(grant)
    said = "1 file is not from this team, or its key has not come yet. It stays out."
    assert page.outside.text() == said
    assert page.outside.isVisible()
    assert bool(page.found) is else_new
    words = words_on(page)
    assert "Everything your colleagues have shared is in your casebook" not in words
    assert ("Nothing new can come in" in words) is not else_new
    grant.exchange()
    page.look()
    grant.settle()
    assert not page.outside.isVisible(), "it is set aside, and the line about that says so"
    assert page.matters.aside.isVisible()


def test_a_forged_bundle_is_named_by_the_look(ann: Crew, grant: Crew) -> None:
    until_nothing_else_is_new(grant)
    client(ann)
    ann.exchange()
    newest = newest_of(hostile(ann), ann.laptop)
    hostile(ann).flip(newest)
    page = open_page(grant)
    assert page.outside.text().startswith("1 file is not whole yet"), "as if half copied"


def test_the_head_says_what_was_done_also_while_a_panel_is_open(grant: Crew, lee: bytes) -> None:
    page = grant.show(ImportPage)
    assert "Folder not looked into yet" in words_on(page)
    page.show_place(Place("import"))
    grant.settle()
    page.matters.show_lately()
    grant.settle()
    assert "Your casebook has not changed." in words_on(page)
    page.look()
    grant.settle()
    page.take_in()
    grant.settle()
    for show in (page.matters.show_lately, page.matters.show_aside):
        show()
        grant.settle()
        assert "Imported at" in words_on(page)
        assert page.matters.panel is not None
        page.matters.panel.closed.emit()
        grant.settle()
        assert "Imported at" in words_on(page)


def test_nothing_is_said_of_an_unchanged_casebook_once_something_was_settled(
    grant: Crew, lee: bytes
) -> None:
    page = open_page(grant)
    page.matters.done.emit("Given up.")
    grant.settle()
    assert "Your casebook has not changed." not in words_on(page)
    assert "Looked at" in words_on(page)
