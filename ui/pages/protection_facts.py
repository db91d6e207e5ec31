# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How this very laptop stands, fact by fact. What cannot be told is said so, never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desktop_app.casework.audience import title
from desktop_app.casework.calendar_words import say_date, say_moment
from desktop_app.casework.words import _, ngettext
from storage import keyfile
from storage.disk import is_encrypted
from storage.errors import VaultError
from storage.store import Store
from sync.seat import seat_of
from ui.exchange_run import LAST_SHARED
from ui.pages.laptop_words import said_when
from ui.upkeep_state import State


class Fact(NamedTuple):
    """One fact: what, how it stands, and whether that is well ("ok"), to be seen to, or neither."""

    what: str
    words: str
    tone: str = "ok"


@dataclass(frozen=True, slots=True)
class Facts:
    """What only the vault and the system can say.

    Attributes:
        shared: when this laptop last exchanged, ISO local time; empty for never.
        audiences: what this laptop has keys to.
        slow: whether each guess at the passphrase is made slow; False when nobody can tell.
        encrypted: whether the disk is, as far as the system says.
    """

    shared: str = ""
    audiences: Sequence[str] = ()
    slow: bool = False
    encrypted: bool | None = None


def gather(store: Store, vault: Path) -> Facts:
    """Ask the vault and the system."""
    seat = seat_of(store)
    held = [name for name, keys in seat.circles.items() if keys] if seat is not None else []
    shared = store.get(LAST_SHARED)
    said = shared if isinstance(shared, str) else ""
    return Facts(said, held, slow=_slow(vault), encrypted=is_encrypted(vault))


def facts_of(facts: Facts, state: State, *, lock_minutes: int, today: date) -> list[Fact]:
    """Return the facts in words, those a person can see to first."""
    return [
        _backup(state, today),
        _recovery(state),
        _disk(facts.encrypted),
        _check(state, today),
        _lock(lock_minutes),
        _passphrase(facts),
        _shared(facts.shared, today),
        _held(facts.audiences),
        _pictures(),
        Fact(
            _("Where the casebook lies"),
            _("On this laptop's own disk, in no folder a cloud service keeps in step."),
        ),
    ]


def _backup(state: State, today: date) -> Fact:
    what, known = _("Last backup that counts"), state.known
    if not known.last_ms:
        return Fact(what, _("None yet."), "warn")
    when = said_when(known.last_ms, today).capitalize()
    if not state.newer:
        return Fact(what, _("%(when)s; it holds everything.") % {"when": when})
    return Fact(what, _("%(when)s; there is newer work.") % {"when": when}, "info")


def _recovery(state: State) -> Fact:
    what = _("Recovery words")
    if state.recovery and state.drilled:
        tried = say_date(state.drilled[:10])
        return Fact(what, _("Made; the paper was tried here on %(day)s.") % {"day": tried})
    if state.recovery:
        said = _("Made, but never tried here. See that the paper still exists.")
        return Fact(what, said, "info")
    return Fact(what, _("None. Who loses the passphrase loses what was not shared."), "warn")


def _disk(encrypted: bool | None) -> Fact:  # noqa: FBT001  three answers, none of them an option
    what = _("Encryption of the whole disk")
    if encrypted:
        return Fact(what, _("On."))
    if encrypted is None:
        return Fact(what, _("Tandem cannot tell. Ask whoever looks after the laptop."), "info")
    said = _(
        "None that Tandem can see. Your casebook is encrypted by itself; what the system writes "
        "beside it, when it sleeps say, is not."
    )
    return Fact(what, said, "warn")


def _check(state: State, today: date) -> Fact:
    what, known = _("Full check of the casebook"), state.known
    if known.damage:
        return Fact(what, _("Damaged. See under backup and check."), "bad")
    if not known.full_ms:
        return Fact(what, _("Not yet. Tandem does it once a week, when you pause."), "info")
    when = said_when(known.full_ms, today).capitalize()
    return Fact(what, _("%(when)s; whole.") % {"when": when})


def _lock(minutes: int) -> Fact:
    words = ngettext(
        "After %(n)d minute, at once when it sleeps, and with Ctrl+L.",
        "After %(n)d minutes, at once when it sleeps, and with Ctrl+L.",
        minutes,
    )
    return Fact(_("Locks"), words % {"n": minutes})


def _passphrase(facts: Facts) -> Fact:
    what = _("Passphrase")
    if not facts.slow:
        return Fact(what, _("Nobody can tell how hard it is to guess."), "info")
    words = _(
        "How many words it has is kept nowhere; those Tandem makes up have five. Each guess is "
        "made slow on purpose."
    )
    return Fact(what, words)


def _shared(shared: str, today: date) -> Fact:
    what = _("Last heard from the team folder")
    if not shared:
        return Fact(what, _("Not yet."), "info")
    return Fact(what, _("%(when)s.") % {"when": say_moment(shared, today)})


def _held(audiences: Sequence[str]) -> Fact:
    what = _("Has keys to")
    if not audiences:
        return Fact(what, _("Nothing yet: this laptop was not let in."), "info")
    return Fact(what, _("%(groups)s; to nothing else.") % {"groups": _and(audiences)})


def _pictures() -> Fact:
    what = _("Pictures of the screen")
    return Fact(what, _("Not prevented here. See who stands behind you."), "info")


def _and(audiences: Sequence[str]) -> str:
    return ", ".join(title(one) for one in audiences)


def _slow(vault: Path) -> bool:
    """Say whether it can be read how a guess is made slow; signing in refuses what is too quick."""
    try:
        slots = keyfile.read(vault / keyfile.NAME).slots
    except VaultError:
        return False
    return any(one.kind == keyfile.PASSPHRASE for one in slots)
