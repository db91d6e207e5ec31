# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Backups: a copy of a vault, in a folder of somebody's choice, that only the recovery words open.

A backup is a folder `tandem-backup-<date>-<8 letters>` with the two files of a vault. Rules, each
with a test:

* It has a key of its own, sealed to the recovery keys (the team's and the vault's own) and to the
  vault itself (`holders`). No passphrase opens what leaves the laptop, so none can be guessed.
* They are those the vault itself names, never the slot file: that anybody can write.
* It counts only after it was opened and compared (`copies`). Until then it has another name.
* Older ones are cleared away only when a new one counts: what stays is the newest of each of 7
  days and of each of 4 weeks. Other vaults' backups, and everything else there, are left alone.
* A backup that fails or is stopped leaves nothing behind, and is told in one sentence.
* Its name and its files say nothing about anybody.
* That a copy is taken is written into the audit first; so a backup holds its own entry.
* The vault itself is needed only while it is copied (`take`); opening and comparing the copy
  (`finish`) needs nothing but the copy, so that meanwhile somebody can go on working.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_app.casework.words import _
from storage import custody, holders, keyfile
from storage.connection import copy_into
from storage.copies import Extent, Step, counts, extent, mark
from storage.durable import flush_file, flush_folder
from storage.errors import LaptopFull, LaptopRefuses, NoRecovery, NotBackedUp, VaultError
from storage.store import Store
from storage.unlock import KEY, wipe, write_slots

RECOVERY = holders.NAMED[keyfile.RECOVERY]
"""Under this name the vault keeps the public half of its recovery key."""
DAYS, WEEKS = 7, 4
_NAMED = re.compile(r"^tandem-backup-(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}$")
_PART = ".part"
_PART_NAMED = re.compile(r"^tandem-backup-[0-9-]{10}-[0-9a-f]{8}\.part$")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that counted when it was made.

    Attributes:
        folder: where it lies.
        vault: which vault it is of, in hex.
        at_ms: when it was made, in UTC milliseconds.
        size: bytes of its store.
    """

    folder: Path
    vault: str
    at_ms: int
    size: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy of a vault that does not count yet.

    Attributes:
        part: where it lies until it counts.
        made: where it will lie then.
        vault: which vault it is of, in hex.
        key: its own key, until it is finished or left.
        expected: what the vault held when it was taken.
        mark: how far the vault went then; see `copies.mark`.
        at_ms: when, in UTC milliseconds.
    """

    part: Path
    made: Path
    vault: str
    key: bytearray
    expected: Extent
    mark: str
    at_ms: int


def back_up(
    store: Store,
    vault: Path,
    to: Path,
    *,
    now_ms: int,
    progress: Step = lambda _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Make a backup of an open vault; return its folder.

    Args:
        store: the vault, used by nobody else meanwhile.
        vault: the folder it lies in.
        to: the folder for backups; made when it is missing.
        now_ms: UTC milliseconds.
        progress: told in words what is done.
        cancelled: asked before each step.

    Raises:
        NoRecovery: nothing could open the backup again.
        NotBackedUp: why, in words; nothing is left of it.
    """
    step = stoppable(progress, cancelled)
    return finish(take(store, vault, to, now_ms=now_ms, step=step), step=step)


def stoppable(progress: Step, cancelled: Callable[[], bool]) -> Step:
    """Return a step that stops a backup when somebody has said so."""
    told = ""

    def step(words: str) -> None:
        nonlocal told
        if cancelled():
            raise NotBackedUp(_("Stopped. No backup was made; your casebook is as it was."))
        if words != told:  # a long step asks again and again whether to stop
            told = words
            progress(words)

    return step


def take(store: Store, vault: Path, to: Path, *, now_ms: int, step: Step) -> Taken:
    """Copy an open vault; the copy does not count yet, and is finished or left by the caller.

    Raises:
        NoRecovery: nothing could open the backup again.
        NotBackedUp: why, in words; nothing is left of it.
    """
    if not holders.named(store):
        raise NoRecovery
    if to.resolve().is_relative_to(vault.resolve()):
        raise NotBackedUp(
            _("A backup cannot lie in the casebook's own folder. Choose another; a stick is best.")
        )
    name = keyfile.read(vault / keyfile.NAME).vault
    made = _free(to, now_ms)
    part = made.with_name(made.name + _PART)
    key = bytearray(os.urandom(KEY))
    slots = holders.sealed_slots(store, key, name)
    custody.note(store, "backup", now_ms=now_ms)  # before the mark: a copy holds its own entry
    taken = Taken(part, made, name, key, extent(store), mark(store), now_ms)
    try:
        copying = _("Copying the casebook …")
        step(copying)
        _clear_parts(to, name)
        part.mkdir(parents=True, mode=0o700)
        write_slots(part, name, slots)
        copy_into(store.db, part, bytearray(taken.key), glance=lambda: step(copying))
    except BaseException as error:
        leave(taken)
        if isinstance(error, OSError | VaultError):
            raise _in_words(error) from None
        raise
    return taken


def finish(taken: Taken, *, step: Step) -> Path:
    """Open and compare a copy, let it count, and clear older ones away; return its folder.

    Raises:
        NotBackedUp: why, in words; nothing is left of it.
    """
    to = taken.made.parent
    try:
        if not counts(taken.part, taken.key, taken.expected, step=step):
            raise NotBackedUp(
                _(
                    "The copy was not like the casebook, so it does not count and was removed. "
                    "Have the casebook checked before you go on."
                )
            )
        flush_file(taken.part / "vault.db")
        flush_folder(taken.part)
        taken.part.replace(taken.made)
        flush_folder(to)
    except (OSError, VaultError) as error:
        raise _in_words(error) from None
    finally:
        leave(taken)
    clear_older(to, taken.vault, newest=taken.made)
    return taken.made


def leave(taken: Taken) -> None:
    """Let a copy that does not count be gone, and forget its key."""
    wipe(taken.key)
    _remove(taken.part)


def vault_of(folder: Path) -> str:
    """Return which vault lies in a folder, in hex: backups of it are named by the same.

    Raises:
        VaultError: its slot file cannot be read.
    """
    return keyfile.read(folder / keyfile.NAME).vault


def backups(to: Path, vault: str = "") -> list[Backup]:
    """Return the backups in a folder that counted when they were made, newest first.

    Args:
        to: the folder for backups, or one backup's own.
        vault: of which vault, in hex; of any when empty.
    """
    found = []
    try:
        for one in (to, *(to.iterdir() if to.is_dir() else ())):
            match = _NAMED.match(one.name)
            if match and (one / keyfile.NAME).is_file():
                found.append(_read(one))
    except (OSError, VaultError):
        return []
    mine = [one for one in found if one is not None and vault in ("", one.vault)]
    return sorted(mine, key=lambda one: one.at_ms, reverse=True)


def _read(folder: Path) -> Backup | None:
    """Return what a backup says of itself; None when it cannot be read."""
    try:
        size = (folder / "vault.db").stat().st_size
        at_ms = int(folder.name[-8:], 16) * 1000
        return Backup(folder, vault_of(folder), at_ms, size)
    except (OSError, VaultError):
        return None


def clear_older(to: Path, vault: str, *, newest: Path) -> None:
    """Remove a vault's backups that are neither a day's nor a week's newest, nor `newest`.

    Each loses its name first: half of one must not count should the power go.
    """
    mine = {one.name: one for one in _backups(to, vault)}
    for name in mine.keys() - to_keep(mine) - {newest.name}:
        gone = mine[name].with_name(name + _PART)
        with suppress(OSError):
            mine[name].replace(gone)
            flush_folder(to)
        _remove(gone)


def to_keep(names: Iterable[str]) -> set[str]:
    """Return the names of the backups to keep: the newest of each of 7 days and of 4 weeks."""
    days: dict[date, str] = {}
    weeks: dict[tuple[int, int], str] = {}
    for name in sorted(names, reverse=True):
        match = _NAMED.match(name)
        day = date.fromisoformat(match[1]) if match else date.min
        days.setdefault(day, name)
        weeks.setdefault(day.isocalendar()[:2], name)
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def _free(to: Path, now_ms: int) -> Path:
    """Return where the next backup lies: its name ends with the second, in hex, so names sort."""
    second = now_ms // 1000
    while True:
        day = datetime.fromtimestamp(second, UTC).date().isoformat()
        path = to / f"tandem-backup-{day}-{second:08x}"
        if not path.exists():
            return path
        second += 1


def _backups(to: Path, vault: str, *, named: re.Pattern[str] = _NAMED) -> list[Path]:
    if not to.is_dir():
        return []
    return [one for one in to.iterdir() if named.match(one.name) and _is_of(one, vault)]


def _clear_parts(to: Path, vault: str) -> None:
    """Remove what a power cut left of an earlier backup of this vault."""
    for one in _backups(to, vault, named=_PART_NAMED):
        _remove(one)


def _remove(part: Path) -> None:
    """Remove a copy, its store first: what is left of it half way still says whose it is."""
    with suppress(OSError):
        (part / "vault.db").unlink()
    shutil.rmtree(part, ignore_errors=True)


def _is_of(backup: Path, vault: str) -> bool:
    try:
        return keyfile.read(backup / keyfile.NAME).vault == vault
    except VaultError:
        return False


def _in_words(error: OSError | VaultError) -> VaultError:
    """Return what to tell of a backup that failed: of its folder, not of the vault's disk."""
    if isinstance(error, LaptopFull):
        return NotBackedUp(
            _(
                "There is not enough room in that folder, so no backup was made. Your casebook is "
                "as it was, and so are earlier backups."
            )
        )
    if isinstance(error, OSError | LaptopRefuses):
        return NotBackedUp()
    return error
