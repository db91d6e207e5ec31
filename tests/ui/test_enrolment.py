# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault is made whole or not at all, and restoring touches nothing it copies from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.casework.people import Role
from storage.unlock import FLOOR
from sync.asking import invite
from sync.join import InvitationRefused
from sync.seat import seat_of
from sync.share import ShareUnreachable
from tests.ui.crew import files_of
from ui import enrolment
from ui import home as homes
from ui.enrolment import Newcomer, NoVault
from ui.pages.sign_in import Opened

NOW_MS = 1_795_000_000_000
TOLD = "ferry lantern onion quiet saddle"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def newcomer(share: Path, name: str = "K. Osei", team: str = "") -> Newcomer:
    return Newcomer(name, "Outreach", "Laptop 2", share, TOLD, team=team, cost=FLOOR)


@pytest.fixture
def founded(tmp_path: Path, share: Path) -> Iterator[Opened]:
    """Return the coordinator's vault, just made."""
    who = newcomer(share, "M. Lowe", team="Saltings")
    made = enrolment.found(tmp_path / "lowe", who, now_ms=NOW_MS)
    yield made
    made.store.close()


def test_founding_shares_the_team_for_the_first_time(founded: Opened, share: Path) -> None:
    seat = seat_of(founded.store)
    assert seat is not None
    assert seat.team.persons[seat.person].roles == {Role.COORDINATOR}
    assert any("rosters" in one for one in files_of(share))


def test_a_vault_whose_folder_is_not_reached_is_taken_away_again(
    tmp_path: Path, share: Path
) -> None:
    share.rmdir()
    with pytest.raises(ShareUnreachable):
        enrolment.found(
            tmp_path / "lowe", newcomer(share, "M. Lowe", team="Saltings"), now_ms=NOW_MS
        )
    assert not files_of(tmp_path / "lowe")


def test_asking_with_a_broken_invitation_leaves_no_vault(
    tmp_path: Path, founded: Opened, share: Path
) -> None:
    raw = invite(founded.store, now_ms=NOW_MS, random=bytes)
    enrolment.write_invitation(share, raw[:-8])
    with pytest.raises(InvitationRefused):
        enrolment.ask(tmp_path / "osei", newcomer(share), now_ms=NOW_MS)
    assert not homes.vaults(tmp_path / "osei")


def test_two_vaults_of_one_name_lie_side_by_side(
    tmp_path: Path, founded: Opened, share: Path
) -> None:
    raw = invite(founded.store, now_ms=NOW_MS, random=bytes)
    enrolment.write_invitation(share, raw)
    for _twice in range(2):
        opened = enrolment.ask(tmp_path / "osei", newcomer(share), now_ms=NOW_MS)
        assert len(enrolment.words_of(opened.store)) == 6
        opened.store.close()
    assert [one.folder.name for one in homes.vaults(tmp_path / "osei")] == [
        "k-osei",
        "k-osei-1",
    ]


def test_a_laptop_that_was_not_let_in_yet_is_told_so(
    tmp_path: Path, founded: Opened, share: Path
) -> None:
    raw = invite(founded.store, now_ms=NOW_MS, random=bytes)
    enrolment.write_invitation(share, raw)
    opened = enrolment.ask(tmp_path / "osei", newcomer(share), now_ms=NOW_MS)
    assert enrolment.look_again(opened, now_ms=NOW_MS) is None
    opened.store.close()


def test_restoring_copies_and_never_touches_what_it_copies_from(
    tmp_path: Path, founded: Opened
) -> None:
    copy = founded.place.folder
    before = {name: (copy / name).read_bytes() for name in files_of(copy)}
    place = enrolment.restore(tmp_path / "other", copy)
    assert {name: (copy / name).read_bytes() for name in files_of(copy)} == before
    assert {name: (place.folder / name).read_bytes() for name in files_of(copy)} == before
    again = enrolment.restore(tmp_path / "other", copy)
    assert again.folder != place.folder


def test_restoring_from_a_folder_without_a_vault_does_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoVault):
        enrolment.restore(tmp_path / "other", tmp_path)
    assert not homes.vaults(tmp_path / "other")


def test_a_copy_that_fails_half_way_is_taken_away_again(
    tmp_path: Path, founded: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_self: Path, _target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(NoVault, match="as it was"):
        enrolment.restore(tmp_path / "other", founded.place.folder)
    assert not files_of(tmp_path / "other")


def test_a_name_in_any_letters_makes_a_plain_folder(tmp_path: Path) -> None:
    assert homes.free_folder(tmp_path, "  Éva / Ó'Neill ").name == "va-neill"
    assert homes.free_folder(tmp_path, "王").name == "vault"
