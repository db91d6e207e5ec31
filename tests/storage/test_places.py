# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a vault may lie: every rule of storage/places.py."""

from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from storage import places
from storage.errors import VaultMisplaced
from storage.store import Store

WAYS: tuple[Callable[[Path, bytearray], Store], ...] = (Store.create, Store.open)
MOUNTS = """\
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda2 / ext4 rw,relatime 0 0
/dev/sda3 /home btrfs rw 0 0
office:/export /home/ann/office nfs4 rw 0 0
//files/team /mnt/team cifs rw 0 0
/dev/sdb1 /media/ann/BLUE\\040STICK vfat rw 0 0
/dev/sdc1 /media/ann/disk ext4 rw 0 0
ann@host: /home/ann/far fuse.sshfs rw 0 0
broken line
short
"""


@pytest.mark.parametrize(
    ("folder", "own"),
    [
        ("/home/ann/tandem", True),
        ("/var/lib", True),
        ("/media/ann/disk/tandem", True),
        ("/home/ann/office", False),
        ("/home/ann/office/tandem", False),
        ("/home/ann/officer", True),
        ("/mnt/team/vaults", False),
        ("/media/ann/BLUE STICK/tandem", False),
        ("/home/ann/far/away", False),
    ],
)
def test_a_vault_lies_on_the_laptops_own_disk(*, folder: str, own: bool) -> None:
    assert places.mount_is_own(Path(folder), MOUNTS) is own


def test_of_two_mounts_on_one_folder_the_later_counts() -> None:
    twice = "a /data ext4 rw\nb /data nfs rw\n"
    assert places.mount_is_own(Path("/data/x"), "b /data nfs rw\na /data ext4 rw\n")
    assert not places.mount_is_own(Path("/data/x"), twice)


def test_a_folder_of_which_the_system_tells_nothing_is_taken() -> None:
    assert places.mount_is_own(Path("/home/ann"), "")


@pytest.mark.parametrize(
    ("folder", "kind", "own"),
    [
        ("C:\\Users\\ann", 3, True),
        ("E:\\tandem", 2, False),
        ("H:\\tandem", 4, False),
        ("\\\\files\\team\\tandem", 1, False),
    ],
)
def test_a_drive_is_the_laptops_own(*, folder: str, kind: int, own: bool) -> None:
    assert places.drive_is_own(PureWindowsPath(folder), kind) is own


@pytest.mark.parametrize(
    ("folder", "synced"),
    [
        ("/home/ann/OneDrive/tandem", True),
        ("/home/ann/OneDrive - Northside Council/tandem", True),
        ("/Users/ann/Library/Mobile Documents/tandem", True),
        ("/home/ann/Dropbox (Charity)/x", True),
        ("/home/ann/dropbox", True),
        ("/home/ann/Nextcloud/a/b/c", True),
        ("/home/ann/onedrives/x", False),
        ("/home/ann/boxes/x", False),
        ("/home/ann/tandem", False),
    ],
)
def test_a_folder_a_cloud_keeps_in_step_is_known_by_its_name(*, folder: str, synced: bool) -> None:
    assert places.is_synced(Path(folder), {}) is synced


def test_a_folder_onedrive_says_is_its_own_is_known(tmp_path: Path) -> None:
    said = {"OneDriveCommercial": str(tmp_path / "Work"), "ONEDRIVE": ""}
    assert places.is_synced(tmp_path / "Work" / "tandem", said)
    assert not places.is_synced(tmp_path / "Home" / "tandem", said)


@pytest.mark.parametrize("marker", [".dropbox", ".stfolder", ".owncloudsync.log"])
def test_a_folder_inside_one_with_a_clouds_marker_is_known(tmp_path: Path, marker: str) -> None:
    assert not places.is_synced(tmp_path / "a" / "b", {})
    (tmp_path / marker).touch()
    assert places.is_synced(tmp_path / "a" / "b", {})


def test_no_vault_is_made_or_opened_in_a_synced_folder(tmp_path: Path, secret: bytes) -> None:
    folder = tmp_path / "OneDrive - Northside" / "vault"
    folder.mkdir(parents=True)
    for way in WAYS:
        with pytest.raises(VaultMisplaced, match="cloud service"):
            way(folder, bytearray(secret))
    assert list(folder.iterdir()) == []


def test_no_vault_is_made_or_opened_on_a_network_drive(
    tmp_path: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(places, "_MOUNTS", table)
    for way in WAYS:
        with pytest.raises(VaultMisplaced, match="network drive or a stick"):
            way(tmp_path, bytearray(secret))
    assert [one.name for one in tmp_path.iterdir()] == ["mounts"]


def test_a_system_without_a_table_of_mounts_lets_its_folders_be_used(
    tmp_path: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "none")
    folder = tmp_path / "vault"
    folder.mkdir()
    for way in WAYS:
        way(folder, bytearray(secret)).close()
    assert (folder / "vault.db").stat().st_size > 0
