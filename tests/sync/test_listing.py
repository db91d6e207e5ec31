# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A file server that tells names in capitals: `sync.listing`."""

from pathlib import Path

import pytest

from sync import packing, places
from sync.listing import listed
from sync.packing import Limits
from sync.share import FolderShare
from sync.stick_survey import known, survey
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four
from tests.sync.packed import FEW, newcomer, pack_up, share_of, work
from tests.sync.test_faults import settled, visit_sent

FEED = f"feeds/{'ab' * 16}"
BUNDLE = f"0000000001-{'cd' * 16}.bundle"


def in_capitals(four: Four) -> HostileShare:
    """Have the server tell every name in capitals from now on, and open it by either."""
    share = share_of(four)
    share.folds_case = share.lists_in_capitals = True
    return share


@pytest.mark.parametrize(
    "name",
    [
        BUNDLE,
        f"0000000012-{'ef' * 8}.list",
        f"{'0a' * 16}.ask",
        f"{'0a' * 32}.part",
        f"0000000004-{'0a' * 16}.pack",
        "ab" * 16,
        "tandem-0a0b0c0d",
    ],
)
def test_every_name_of_ours_is_read_in_capitals(name: str) -> None:
    assert places.in_small(name.upper()) == places.in_small(name.title()) == name


@pytest.mark.parametrize(
    "name", ["Minutes.docx", "TANDEM-XYZ", "000000004-AB.PACK", f"0000000004-{'0A' * 16}.PAC\u212a"]
)
def test_a_name_of_any_other_shape_stays_as_it_is(name: str) -> None:
    assert places.in_small(name) == name


def test_a_team_exchanges_through_a_server_that_tells_names_in_capitals(four: Four) -> None:
    share = in_capitals(four)
    visit, _path = visit_sent(four, share)
    assert settled(four, visit)
    written = list(share.writes)
    outcome = four.bell.exchange(share)
    assert not outcome.notes
    assert share.writes == written, "what lies there is not put there again"


def test_a_new_laptop_reads_packs_there_and_a_stick_tells_what_is_on_it(
    four: Four, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW))
    visits = work(four)
    pack_up(four)
    share = in_capitals(four)
    again = newcomer(four, tmp_path)
    again.exchange(share)
    assert all(again.answers(visit) for visit in visits)
    four.ann.exchange(share)
    found = survey(share, known(four.ann.store))
    assert (found.ours, found.other_teams, found.foreign, found.new) == (True, 0, 0, ())
    assert found.lists
    again.close()


def test_each_name_is_told_once_and_capitals_that_are_another_file_are_left_alone(
    tmp_path: Path,
) -> None:
    share = FolderShare(tmp_path)  # tells "A" from "a"
    (tmp_path / FEED).mkdir(parents=True)
    (tmp_path / FEED / BUNDLE.upper()).write_bytes(b"somebody else's")
    assert listed(share, FEED) == [BUNDLE.upper()]
    share.put([(f"{FEED}/{BUNDLE}", b"ours")])
    assert listed(share, FEED) == [BUNDLE.upper(), BUNDLE]
    deaf = HostileShare()
    deaf.folds_case = deaf.lists_in_capitals = deaf.lists_in_any_order = True
    deaf.put([(f"{FEED}/{BUNDLE}", b"ours"), (f"{FEED}/Minutes.docx", b"not ours")])
    assert sorted(listed(deaf, FEED)) == [BUNDLE, "MINUTES.DOCX"]
    assert listed(deaf, "feeds") == ["ab" * 16]
