# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A new vault on this laptop: for a new team, to join one, or put back from a copy.

Rules, each with a test:

* A vault is made whole or not at all: what was begun is taken away again when something fails.
* Restoring copies; the copy it came from is never touched.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop_app.casework import audience
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage import entry, holders, unlock
from storage.backup import backups
from storage.cost import Cost, of_laptop
from storage.store import Store
from sync.admission import found_team
from sync.arriving import expect
from sync.asking import ask_to_join, words_of_my_request
from sync.carry import look, send
from sync.exchange import Exchange, exchange
from sync.join import INVITATION, LARGEST, InvitationRefused
from sync.seat import seat_of
from sync.share import FolderShare
from sync.team import NewPerson
from ui import home as homes
from ui.clock import local
from ui.home import About, VaultPlace, write_about
from ui.pages.sign_in import Opened

INVITATIONS = "*.invitation"


class NoVault(CaseworkError):
    """The folder chosen holds no vault."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who sits at this laptop for the first time, as they filled it in.

    `cost` is how much work one guess at the passphrase is; None for what this laptop was measured
    for. `recovery` is the public half of the recovery key of the team they found.
    """

    name: str
    agency: str
    laptop: str
    share: Path
    passphrase: str
    team: str = ""
    cost: Cost | None = None
    recovery: bytes = b""


def new_passphrase() -> str:
    """Return five words nobody has thought of."""
    return unlock.generate()


def found(home: Path, who: Newcomer, *, now_ms: int) -> Opened:
    """Make a vault and a new team in it, and share it for the first time."""
    roles = frozenset({Role.COORDINATOR})
    person = NewPerson(who.name, who.agency, roles, audience.by_default(roles))
    with _new_vault(home, who) as (place, store):
        found_team(
            store,
            who.team,
            person,
            laptop=who.laptop,
            now_ms=now_ms,
            random=os.urandom,
            recovery=who.recovery,
        )
        about = replace(
            place.about, role=Role.COORDINATOR.value, team=who.team, opened=_moment(now_ms)
        )
        exchange(store, FolderShare(who.share), now_ms=now_ms, random=os.urandom)
    write_about(place.folder, about)
    return Opened(store, VaultPlace(place.folder, about))


def ask(home: Path, who: Newcomer, *, now_ms: int) -> Opened:
    """Make a vault, and put a request to join into the team folder.

    Raises:
        InvitationRefused: there is no invitation in the folder, or its time is over.
    """
    invitation = _invitation_in(who.share)
    with _new_vault(home, who) as (place, store):
        ask_to_join(
            store,
            invitation,
            name=f"{who.name}, {who.agency}",
            laptop=who.laptop,
            now_ms=now_ms,
            random=os.urandom,
        )
        exchange(store, FolderShare(who.share), now_ms=now_ms, random=os.urandom)
    return Opened(store, place)


def words_of(store: Store) -> tuple[str, ...]:
    """Return the six words of the request this vault made."""
    return words_of_my_request(store)


def look_again(opened: Opened, *, now_ms: int) -> Opened | None:
    """Look whether the coordinator has let this laptop in; None when not yet.

    What the team wrote is fetched once the casebook is open: it may be a great deal.
    """
    share = FolderShare(Path(opened.place.about.share))
    going = Exchange(opened.store, now_ms=now_ms, random=os.urandom)
    going.outcome(*send(share, going.seal(look(share, going.begin()))))
    seat = seat_of(opened.store)
    if seat is None:
        return None
    expect(opened.store)
    person = seat.team.persons[seat.person]
    role = next((one.value for one in Role if one in person.roles), "")
    about = replace(
        opened.place.about,
        person=person.name,
        role=role,
        team=seat.team.name,
        opened=_moment(now_ms),
    )
    write_about(opened.place.folder, about)
    return Opened(opened.store, VaultPlace(opened.place.folder, about))


def _moment(now_ms: int) -> str:
    """Return a moment as the sign-in page keeps it: opened last, by whoever has just come in."""
    return local(now_ms).isoformat(timespec="minutes")


def take_back(home: Path, folder: Path) -> bool:
    """Copy a vault that was kept elsewhere; where there are backups, say so and copy nothing.

    Raises:
        NoVault: there is neither.
    """
    if backups(folder):
        return True
    restore(home, folder)
    return False


def drill(opened: Opened, words: str, *, now_ms: int) -> None:
    """Try the team's recovery words on this laptop.

    Raises:
        VaultError: in one of its kinds; nothing was changed.
    """
    holders.drill(opened.store, words, now_ms=now_ms)


def has_paper(opened: Opened) -> bool:
    """Say whether the team has a recovery key to try here."""
    return holders.standing(opened.store).sealed


def restore(home: Path, copy: Path) -> VaultPlace:
    """Copy a vault that was kept elsewhere to where this laptop keeps its own.

    Raises:
        NoVault: there is none in that folder.
    """
    if not ((copy / "vault.db").is_file() and (copy / "vault.keys").is_file()):
        raise NoVault(
            _("There is no casebook in this folder; it would hold vault.db and vault.keys.")
        )
    target = homes.free_folder(home, copy.name)
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copytree(copy, part)
        part.rename(target)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise NoVault(
            _("The casebook could not be copied here. The copy it came from is as it was.")
        ) from error
    return VaultPlace(target, homes.about_of(target))


def make_up(place: Path, *, today: date) -> None:
    """Make the made-up team on this laptop."""
    from ui.made_up import make_team  # noqa: PLC0415  a whole town, only when asked for

    if not (place / homes.MADE_UP).is_file():
        make_team(place, today=today)


def write_invitation(share: Path, raw: bytes) -> Path:
    """Put an invitation into a folder, under a name that says nothing."""
    path = share / f"{os.urandom(4).hex()}.invitation"
    path.write_bytes(raw)
    return path


def _invitation_in(share: Path) -> bytes:
    try:
        found = sorted(share.glob(INVITATIONS), key=lambda one: one.stat().st_mtime)
        for one in reversed(found):
            raw = one.read_bytes()[:LARGEST]
            if raw.startswith(INVITATION):
                return raw
    except OSError:
        pass
    raise InvitationRefused(
        _(
            "There is no invitation in this folder. Ask your coordinator to put one there, or "
            "choose the folder of the stick it is on."
        )
    )


@contextmanager
def _new_vault(home: Path, who: Newcomer) -> Iterator[tuple[VaultPlace, Store]]:
    folder = homes.free_folder(home, who.name)
    about = About(who.name, "", who.laptop, share=str(who.share))
    store: Store | None = None
    try:
        folder.mkdir(parents=True)
        store = entry.create(folder, who.passphrase, cost=who.cost or of_laptop(home))
        write_about(folder, about)
        yield VaultPlace(folder, about), store
    except BaseException:
        if store is not None:
            store.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
