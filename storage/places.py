# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a vault may lie: on this laptop's own disk, in a folder nothing else copies.

Rules, each with a test:

* Not on a network drive and not on a stick: the vault's file relies on locks and flushes that
  these only pretend to keep.
* Not in a folder that OneDrive, Dropbox, iCloud or their like keep in step: they copy a file while
  it is being written, and put older copies back.
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from desktop_app.casework.words import _
from storage.errors import VaultMisplaced

_NETWORK = frozenset(
    (
        *("9p", "afs", "cephfs", "cifs", "coda", "davfs", "davfs2", "glusterfs", "gpfs", "lustre"),
        *("fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs"),
        *("fuse.sshfs", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "smb2", "smb3", "smbfs"),
        *("vboxsf", "webdav"),
    )
)
_STICKS = frozenset({"exfat", "msdos", "vfat"})
_SYNCED = (
    "box",
    "box sync",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud drive",
    "icloudcloudstorage",
    "iclouddrive",
    "mega",
    "megasync",
    "mobile documents",
    "my drive",
    "nextcloud",
    "onedrive",
    "owncloud",
    "pcloud",
    "seafile",
    "synologydrive",
    "syncthing",
    "tresorit",
)
_SYNCED_OF_A_FIRM = ("dropbox (", "dropbox -", "icloud~", "nextcloud-", "onedrive -", "onedrive-")
_MARKERS = (".dropbox", ".stfolder", ".owncloudsync.log")
_MOUNTS = Path("/proc/self/mounts")
_REMOVABLE, _REMOTE = 2, 4


def refuse_unsuitable(folder: Path) -> None:
    """Refuse a folder in which a vault would sooner or later be ruined.

    Raises:
        VaultMisplaced: with the reason in words.
    """
    place = folder.resolve()
    if is_synced(place, os.environ):
        raise VaultMisplaced(
            _(
                "This folder is kept in step by a cloud service, which would damage the casebook. "
                "Choose a folder on this laptop that nothing copies."
            )
        )
    if not is_own_disk(place):
        raise VaultMisplaced(
            _(
                "This folder is on a network drive or a stick, which could damage the casebook. "
                "Choose a folder on this laptop's own disk."
            )
        )


def is_synced(place: Path, environment: Mapping[str, str]) -> bool:
    """Say whether a cloud service keeps a folder in step, going by its name and its markers.

    Args:
        place: an absolute folder; it need not exist.
        environment: where OneDrive says which folders are its own.
    """
    names = [part.casefold() for part in place.parts]
    if any(name in _SYNCED or name.startswith(_SYNCED_OF_A_FIRM) for name in names):
        return True
    said = [one for name, one in environment.items() if name.upper().startswith("ONEDRIVE") and one]
    if any(place.is_relative_to(one) for one in said):
        return True
    folders = (place, *place.parents)
    return any((folder / marker).exists() for folder in folders for marker in _MARKERS)


def is_own_disk(place: Path) -> bool:
    """Say whether a folder is on a disk of this laptop, as far as the system tells."""
    if sys.platform == "win32":
        return drive_is_own(place, ctypes.windll.kernel32.GetDriveTypeW(place.anchor))
    if _MOUNTS.exists():
        return mount_is_own(place, _MOUNTS.read_text(encoding="utf-8", errors="replace"))
    return True


def drive_is_own(place: PurePath, kind: int) -> bool:
    """Say whether a Windows drive is this laptop's own, from its path and kind of drive."""
    return not str(place).startswith("\\\\") and kind not in (_REMOVABLE, _REMOTE)


def mount_is_own(place: Path, mounts: str) -> bool:
    """Say whether a folder is on this laptop's own disk, going by the system's table of mounts."""
    found, kind = "", ""
    for mount, fstype in _mounts(mounts.splitlines()):
        if len(mount) >= len(found) and place.is_relative_to(mount):
            found, kind = mount, fstype
    return kind not in _NETWORK and kind not in _STICKS


def _mounts(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        parts = line.split(" ")
        if len(parts) > 2:
            yield re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[1]), parts[2]
