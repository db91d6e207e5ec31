# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""This laptop: where its vaults lie, what the sign-in page may say, how Tandem looks here.

What stands in these files can be read by whoever finds the laptop. So they name the worker, the
laptop and the team, which the sign-in page must show, and never a client.

A home holds `settings.toml`, one folder a vault under `vaults/`, and in a made-up team
`made-up.toml` with the passphrase that opens every one of them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

import platformdirs

from storage.durable import BEFORE, finish_all, write_whole

T = TypeVar("T")
ABOUT = "about.toml"
MADE_UP = "made-up.toml"
SETTINGS = "settings.toml"
VAULTS = "vaults"
MADE_UP_FOLDER = "made-up-team"
_ESCAPED = {one: f"\\u{one:04x}" for one in (*range(0x20), ord('"'), ord("\\"), 0x7F)}


@dataclass(frozen=True, slots=True)
class Settings:
    """How Tandem looks and behaves on this laptop. Nothing secret, nothing of the casework.

    Attributes:
        scheme: "system", "light", "dark" or "contrast".
        text_percent: size of all text, 90 to 150.
        language: a code such as "cy"; empty for English.
        lock_minutes: idle minutes until it locks, 1 to 15.
        compact: closer rows.
        capture_guard: whether windows are kept out of pictures, where the system can.
    """

    scheme: str = "system"
    text_percent: int = 100
    language: str = ""
    lock_minutes: int = 5
    compact: bool = False
    capture_guard: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What the sign-in page says of one vault.

    Attributes:
        person: whose it is.
        role: what they do, as a role's name.
        laptop: what the laptop is called.
        team: the team's name; empty until they have joined one.
        share: folder the team's bundles lie in; empty until it is chosen.
        opened: when it was last opened, ISO local time.
        made_up: whether everything in it is invented.
    """

    person: str
    role: str
    laptop: str
    team: str = ""
    share: str = ""
    opened: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class VaultPlace:
    """One vault of this laptop: its folder, and what may be said of it before it is opened."""

    folder: Path
    about: About


def default_home() -> Path:
    """Return where this laptop's vaults lie: local, never roaming, application data."""
    return Path(platformdirs.user_data_dir("Tandem", appauthor=False, roaming=False))


def vaults(home: Path) -> list[VaultPlace]:
    """Return the vaults of a home, by folder name; a folder without a sign is no vault.

    One that was kept when a backup took its place is not shown: nobody is to go on in it. One whose
    place was being taken when the power went is put there first.
    """
    place = home / VAULTS
    finish_all(place)
    if not place.is_dir():
        return []
    return [
        VaultPlace(folder, about_of(folder))
        for folder in sorted(place.iterdir())
        if (folder / "vault.keys").is_file() and BEFORE not in folder.name
    ]


def about_of(folder: Path) -> About:
    """Return what may be said of the vault in `folder`; little, when its sign cannot be read."""
    return _read(folder / ABOUT, About, About(person="", role="", laptop=folder.name))


def write_about(folder: Path, about: About) -> None:
    """Write what the sign-in page says of a vault, so that a power cut leaves the old or the new.

    Raises:
        VaultError: the disk is full or refuses; the old words stand.
    """
    _write(folder / ABOUT, about)


def free_folder(home: Path, name: str) -> Path:
    """Return a folder for a new vault that is not there yet, named after somebody."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "vault"
    base = home / VAULTS
    base.mkdir(parents=True, exist_ok=True)
    tried = (base / (plain if not n else f"{plain}-{n}") for n in range(1000))
    return next(one for one in tried if not one.exists())


def settings(home: Path) -> Settings:
    """Return this laptop's settings; the usual ones where a file is missing or not in order."""
    found = _read(home / SETTINGS, Settings, Settings())
    return replace(
        found,
        text_percent=min(150, max(90, found.text_percent)),
        lock_minutes=min(15, max(1, found.lock_minutes)),
    )


def write_settings(home: Path, chosen: Settings) -> None:
    """Keep this laptop's settings, so that a power cut leaves the old ones or the new.

    Raises:
        VaultError: the disk is full or refuses; the old ones stand.
    """
    home.mkdir(parents=True, exist_ok=True)
    _write(home / SETTINGS, chosen)


def made_up_passphrase(home: Path) -> str:
    """Return the passphrase of a made-up team; empty for a real one."""
    return _of_made_up(home, "passphrase")


def made_up_recovery(home: Path) -> str:
    """Return the recovery words of a made-up team; empty for a real one."""
    return _of_made_up(home, "recovery")


def made_up_keepers(home: Path) -> list[str]:
    """Return what the keepers' papers of a made-up team say, each after its keeper's name."""
    found = _made_up(home).get("keepers", [])
    return [str(one) for one in found] if isinstance(found, list) else []


def _of_made_up(home: Path, name: str) -> str:
    return str(_made_up(home).get(name, ""))


def _made_up(home: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads((home / MADE_UP).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return {}


def _read(path: Path, kind: type[T], otherwise: T) -> T:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        wanted = {one.name: one.type for one in fields(kind)}  # type: ignore[arg-type]
        known = {name: value for name, value in found.items() if name in wanted}
        right = all(type(value) is wanted[name] for name, value in known.items())
        return kind(**known) if right else otherwise
    except (OSError, ValueError, TypeError):  # a file not in order, or without what must be in it
        return otherwise


def _write(path: Path, value: object) -> None:
    lines = [
        f"{name} = {_toml(item)}\n"
        for name, item in asdict(value).items()  # type: ignore[call-overload]
    ]
    write_whole(path, "".join(lines).encode())


def _toml(item: object) -> str:
    if isinstance(item, str):
        return f'"{item.translate(_ESCAPED)}"'
    return str(item).lower()
