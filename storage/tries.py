# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Wrong passphrases: a wait after each, and a word about them at the next sign-in.

The count lies beside the vault, with times and nothing of what was typed; so does that the recovery
words were used. Nothing can be written into a vault before it is open. Whoever has the disk can
remove it, and can guess without Tandem: the waits stop a hurried guesser at this screen, the cost
of a guess stops the rest. Rules, each with a test:

* The wait is 1 second, then 2, 4, 8, never more than a minute: nobody is kept from their own work.
* It outlives a restart, and a clock that was put back makes it no longer.
* Once the vault is open they are told, written into the audit, and forgotten.
* Whoever has the recovery words need not wait. What was tried before is written all the same.
"""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from desktop_app.casework.words import ngettext
from storage.durable import TRIES, unfinished, write_whole
from storage.errors import TooSoon, VaultError

LONGEST_S = 60
_Whole = Annotated[int, Meta(ge=0, le=1 << 62)]


class Tries(msgspec.Struct, frozen=True):
    """How many wrong passphrases were tried since somebody last signed in.

    Attributes:
        count: how many.
        first_ms: when the first was, in UTC milliseconds.
        last_ms: when the last was; 0 when there is nothing to wait for.
        recovered_ms: when the recovery words opened the vault since then; 0 when they did not.
    """

    count: _Whole = 0
    first_ms: _Whole = 0
    last_ms: _Whole = 0
    recovered_ms: _Whole = 0


def read(folder: Path) -> Tries:
    """Return the wrong tries since somebody last signed in to a vault."""
    try:
        return msgspec.json.decode((folder / TRIES).read_bytes()[:1024], type=Tries)
    except (OSError, msgspec.MsgspecError):
        return Tries()


def note(folder: Path, now_ms: int) -> None:
    """Count one more."""
    before = read(folder)
    first_ms = before.first_ms or now_ms
    _write(folder, replace(before, count=before.count + 1, first_ms=first_ms, last_ms=now_ms))


def note_recovered(folder: Path, now_ms: int) -> None:
    """Keep that the recovery words opened it. Whoever has the paper need not wait."""
    _write(folder, replace(read(folder), last_ms=0, recovered_ms=now_ms))


def _write(folder: Path, tries: Tries) -> None:
    with suppress(VaultError):  # a full disk must not say more than that the words were wrong
        write_whole(folder / TRIES, msgspec.json.encode(tries))


def forget(folder: Path) -> None:
    """Begin to count anew: somebody has signed in."""
    for one in (folder / TRIES, unfinished(folder / TRIES)):
        with suppress(OSError):
            one.unlink(missing_ok=True)


def wait_s(folder: Path, now_ms: int) -> int:
    """Return how many seconds to wait before the next try; 0 when there is no need to."""
    found = read(folder)
    if not found.count or not found.last_ms:
        return 0
    whole = min(LONGEST_S, 1 << min(found.count - 1, 10))
    since_ms = max(0, now_ms - found.last_ms)
    return max(0, -(-(whole * 1000 - since_ms) // 1000))


def refuse_too_soon(folder: Path, now_ms: int) -> None:
    """Refuse a try while there is a wait.

    Raises:
        TooSoon: with how long it is.
    """
    seconds = wait_s(folder, now_ms)
    if seconds:
        raise TooSoon(
            ngettext(
                "The words just tried were wrong. Try again in %(n)d second.",
                "The words just tried were wrong. Try again in %(n)d seconds.",
                seconds,
            )
            % {"n": seconds}
        )


def told(found: Tries) -> str:
    """Return what to tell whoever has signed in; nothing when there were none."""
    if not found.count or found.recovered_ms:  # with the paper: whose it was is known
        return ""
    return ngettext(
        "%(n)d wrong passphrase was tried since you last signed in. "
        "If it was not you, somebody has had this laptop: tell your coordinator.",
        "%(n)d wrong passphrases were tried since you last signed in. "
        "If it was not you, somebody has had this laptop: tell your coordinator.",
        found.count,
    ) % {"n": found.count}
