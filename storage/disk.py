# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether this laptop's disk is encrypted, and whether two folders share one: what the system says.

Tandem cannot encrypt a disk and does not try. It reads what Linux says of itself and never guesses:
where the system says nothing, the answer is that nobody can tell. Rules, each with a test:

* A disk counts as encrypted only when every device it lies on is a `CRYPT` device or lies on one.
* A disk whose devices are all known and none encrypted counts as not encrypted. One that encrypts
  in its own electronics looks the same from here, so the words say "as far as Tandem can see".
"""

import os
import re
from pathlib import Path

_MOUNTS, _DEVICES = Path("/proc/self/mountinfo"), Path("/sys/dev/block")
_MAPPER = Path("/dev")
_DEEPEST = 8
"""Volumes on volumes: deeper than this nobody builds, and a loop must end."""


def is_encrypted(
    place: Path, *, mounts: Path = _MOUNTS, devices: Path = _DEVICES, dev: Path = _MAPPER
) -> bool | None:
    """Say whether the disk under a folder is encrypted; None where the system does not say.

    Args:
        place: a folder that exists.
        mounts: the system's table of mounts, with device numbers.
        devices: what the system says of each device, by its number.
        dev: where devices have their names.
    """
    try:
        table = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    number = _number_of(place.resolve(), table, dev)
    return _crypt_below(devices / number, 0) if number else None


def same_disk(one: Path, other: Path) -> bool | None:
    """Say whether two folders lie on the same disk, or part of one; None when one is not there."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return None


def _number_of(place: Path, table: list[str], dev: Path) -> str:
    """Return the number of the device a folder lies on, such as "253:1"; empty if it has none."""
    found, number = "", ""
    for line in table:
        left, _dash, right = line.partition(" - ")
        parts, source = left.split(" "), right.split(" ")
        if len(parts) < 5 or len(source) < 2:
            continue
        mount = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[4])
        if len(mount) >= len(found) and place.is_relative_to(mount):
            found, number = mount, _real(parts[2], source[1], dev)
    return number


def _real(number: str, source: str, dev: Path) -> str:
    """Return a device's own number: some file systems (btrfs) show one that stands for none."""
    if not number.startswith("0:"):
        return number
    if not source.startswith("/dev/"):
        return ""
    try:
        said = (dev / source.removeprefix("/dev/")).stat().st_rdev
    except OSError:
        return ""
    return f"{os.major(said)}:{os.minor(said)}" if said else ""


def _crypt_below(device: Path, depth: int) -> bool | None:
    if depth > _DEEPEST or not device.exists():
        return None
    try:
        kind = (device / "dm" / "uuid").read_text(encoding="utf-8", errors="replace")
    except OSError:
        kind = ""
    if kind.startswith("CRYPT-"):
        return True
    try:
        below = sorted((device / "slaves").iterdir())
    except OSError:
        below = []
    if not below:  # a part of a disk has none of its own
        return False
    said = {_crypt_below(one, depth + 1) for one in below}
    if said == {True}:
        return True
    return None if None in said else False
