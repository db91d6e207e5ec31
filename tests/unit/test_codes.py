# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Code lists: never deleted, never used again, honest about where they come from."""

import tomllib
from pathlib import Path

import pytest

from desktop_app.casework.codes import Choice, CodeList, codes, names
from desktop_app.casework.errors import FormError
from resources import folder

EVER = tomllib.loads(
    (Path(__file__).parent.parent / "data" / "codes.toml").read_text(encoding="utf-8")
)
TODAY = "2026-11-23"


@pytest.mark.parametrize("name", sorted(EVER))
def test_no_code_ever_shipped_has_gone(name: str) -> None:
    assert [code for code in EVER[name] if codes(name).find(code) is None] == []


@pytest.mark.parametrize("name", names())
def test_every_code_shipped_is_on_the_list_that_keeps_it(name: str) -> None:
    assert {one.code for one in codes(name).code} == set(EVER.get(name, []))


@pytest.mark.parametrize("name", names())
def test_every_list_says_where_it_comes_from(name: str) -> None:
    assert codes(name).source
    assert codes(name).title


@pytest.mark.parametrize("name", names())
def test_every_code_can_be_read_and_drawn(name: str) -> None:
    for one in codes(name).code:
        assert one.label[:1].isupper() or one.label[:1].isdigit()
        assert not one.icon or (folder("icons") / f"{one.icon}.svg").is_file()
        assert len(one.short or one.label) <= 60


def test_a_retired_code_keeps_its_label_and_is_no_longer_offered() -> None:
    made = CodeList(
        title="Test",
        code=(Choice("old", "Old", retired="2026-01-01"), Choice("new", "New", since="2026-01-01")),
    )
    assert made.label("old") == "Old"
    assert [one.code for one in made.choices(TODAY)] == ["new"]
    assert [one.code for one in made.choices("2025-12-31")] == ["old"]


def test_a_code_from_a_newer_tandem_is_shown_as_it_is() -> None:
    assert codes("outcome").label("seen_from_afar") == "seen_from_afar"


def test_invented_prisons_are_offered_to_made_up_teams_only() -> None:
    real = {one.code for one in codes("prison").choices(TODAY)}
    invented = {one.code for one in codes("prison").choices(TODAY, made_up=True)} - real
    assert len(invented) == 4
    assert {codes("prison").label(code) for code in invented} >= {"HMP Eastmoor"}
    assert "lwi" in real
    assert "oxi" not in real, "Oxford has closed, and its label is kept"
    assert codes("prison").label("oxi") == "HMP Oxford"


def test_no_list_of_children_is_offered() -> None:
    assert not [one for one in codes("prison").code if "STC" in one.label]


def test_a_visit_and_its_accounts_say_seen_with_the_same_codes() -> None:
    assert [one.code for one in codes("seen").code] == [one.code for one in codes("outcome").code]


def test_nothing_that_is_no_reason_to_drop_a_client_is_offered_as_one() -> None:
    for name in ("support_end", "handover_reason"):
        offered = " ".join(one.code for one in codes(name).code)
        assert not any(word in offered for word in ("custody", "prison", "rehab", "treatment"))


def test_a_list_nobody_ships_is_an_error_at_once() -> None:
    with pytest.raises(FormError):
        codes("nothing_of_the_kind")
