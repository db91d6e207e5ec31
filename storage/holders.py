# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Ways into a vault besides the passphrase: the recovery keys on paper, and the vault itself.

Each is a slot: the vault's key, sealed to the public half of a pair. Rules, each with a test:

* To whom slots are sealed stands inside the vault, never in the slot file: that anybody can write.
* The secret half of the vault's own pair lies in the vault. So its slots can be put in order while
  it is open, without the passphrase; and nobody is let in who is not in already.
* A slot sealed to a recovery key that is no longer named goes; the passphrase slots stay.
* A drill opens the slot with the words on the paper, for real, and keeps nothing of them.
"""

import hmac
import os
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.casework.words import _
from storage import custody, keyfile, ledger, recovery
from storage.errors import NoRecovery, VaultDamaged, WrongRecovery
from storage.keyfile import OWN, RECOVERY, TEAM, KeyFile, Slot
from storage.secret import KEY, wipe
from storage.store import Store
from storage.unlock import open_recovery, recovery_slot

NAMED = {RECOVERY: "recovery", TEAM: "recovery-team"}
"""Under these names the vault keeps the public halves of its recovery keys."""
_OWN_SECRET = "own-slot"  # noqa: S105  under this name the vault keeps the secret half of its pair
_DRILLED = "recovery.drilled"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a vault stands with the recovery keys.

    Attributes:
        own: whether it has a recovery key of its own.
        team: whether its team has one.
        sealed: whether the team's key opens it: false until the next exchange or sign-in.
        drilled: the day, in ISO form, the team's words were last tried on this laptop; empty when
            they never were.
    """

    own: bool
    team: bool
    sealed: bool
    drilled: str


def named(store: Store) -> dict[str, bytes]:
    """Return the public halves of the recovery keys a vault names, by the kind of their slots."""
    found = {kind: ledger.key(store, name) for kind, name in NAMED.items()}
    return {kind: public for kind, public in found.items() if public}


def name(store: Store, kind: str, public: bytes) -> None:
    """Name a recovery key inside the vault; an empty one names none any more."""
    if public:
        ledger.put_key(store, NAMED[kind], public)
    else:
        ledger.drop_key(store, NAMED[kind])


def sealed_slots(store: Store, key: bytearray, vault: str, *, turn: int = 0) -> list[Slot]:
    """Return the slots for everybody the vault names, itself included, for one of its keys."""
    return [
        *paper_slots(store, key, vault, turn=turn),
        own_slot(store, key, vault, turn=turn),
    ]


def paper_slots(store: Store, key: bytearray, vault: str, *, turn: int = 0) -> list[Slot]:
    """Return the slots that words on paper open."""
    return [
        recovery_slot(key, vault, public, kind=kind, turn=turn)
        for kind, public in named(store).items()
    ]


def own_slot(store: Store, key: bytearray, vault: str, *, turn: int = 0) -> Slot:
    """Return the slot that the open vault itself opens."""
    public = recovery.public_half(_own_secret(store))
    return recovery_slot(key, vault, public, kind=OWN, turn=turn)


def put_in_order(store: Store, key: bytearray | None = None) -> bool:
    """See that the slots are those the vault names; say whether they are.

    Args:
        store: the vault, open.
        key: its key, where it is at hand; else the vault's own slot gives it.

    Raises:
        VaultError: the slots are as they were.
    """
    if store.folder is None or not (store.folder / keyfile.NAME).exists():
        return False
    found = keyfile.read(store.folder / keyfile.NAME)
    if key is not None and all(one.kind != OWN for one in found.slots):
        new_pair(store)  # the power went while it got a new key: the last pair may be known
    own = recovery.public_half(_own_secret(store)).hex()
    wanted = {**{kind: one.hex() for kind, one in named(store).items()}, OWN: own}
    if {one.kind: one.to for one in found.slots if one.kind in (*NAMED, OWN)} == wanted:
        return True
    held = bytearray(key) if key is not None else _own_key(store, found)
    if held is None:
        return False
    try:
        slots = sealed_slots(store, held, found.vault, turn=found.turn)
    finally:
        wipe(held)
    others = [one for one in found.slots if one.kind not in (*NAMED, OWN)]
    keyfile.write(store.folder, KeyFile(found.tandem, found.version, found.vault, others + slots))
    return True


def standing(store: Store) -> Standing:
    """Return how a vault stands with the recovery keys."""
    names = named(store)
    team, told = names.get(TEAM, b"").hex(), store.get(_DRILLED)
    path = store.folder / keyfile.NAME if store.folder else None
    slots = keyfile.read(path).slots if path and path.exists() else []
    drilled = told.get("at", "") if isinstance(told, dict) and told.get("to") == team else ""
    sealed = bool(team) and any((one.kind, one.to) == (TEAM, team) for one in slots)
    return Standing(RECOVERY in names, bool(team), sealed, str(drilled) if team else "")


def drill(store: Store, words: str, *, now_ms: int) -> None:
    """Open the team's slot with the words on the paper, and remember that it was done.

    Raises:
        NoRecovery: the team has no recovery key, or the vault is not sealed to it yet.
        WrongRecovery: these are not its words.
    """
    put_in_order(store)
    if store.folder is None or not standing(store).sealed:
        raise NoRecovery(
            _("This casebook is not sealed to a team's recovery key yet. Share, then try again.")
        )
    found = keyfile.read(store.folder / keyfile.NAME)
    keys, own = open_recovery(found, words, kinds=(TEAM,)), _own_key(store, found)
    same = own is not None and hmac.compare_digest(keys[found.turn], own)
    for one in (*keys.values(), own or bytearray()):
        wipe(one)
    if not same:
        raise VaultDamaged
    day = datetime.fromtimestamp(now_ms / 1000, UTC).date().isoformat()
    store.put(_DRILLED, {"to": named(store)[TEAM].hex(), "at": day})
    custody.note(store, "words_tried", now_ms=now_ms)


def new_pair(store: Store) -> None:
    """Give the vault another pair of its own: what an earlier copy of it holds opens nothing."""
    with store.within():
        ledger.put_key(store, _OWN_SECRET, os.urandom(KEY))


def open_backup(store: Store, found: KeyFile) -> bytearray:
    """Return the key of a backup of this vault, without the words on paper.

    Raises:
        WrongRecovery: the backup was made before the vault got a new key, or is another's.
    """
    key = _own_key(store, found)
    if key is None:
        raise WrongRecovery(_("This backup opens with its recovery words only."))
    return key


def _own_secret(store: Store) -> bytes:
    found = ledger.key(store, _OWN_SECRET)
    if found is None:
        new_pair(store)
        found = ledger.key(store, _OWN_SECRET) or b""
    return found


def _own_key(store: Store, found: KeyFile) -> bytearray | None:
    secret, vault = bytearray(_own_secret(store)), bytes.fromhex(found.vault)
    try:
        for slot in found.slots:
            if slot.kind == OWN:
                key = recovery.open_with(secret, vault, bytes.fromhex(slot.sealed))
                if key is not None:
                    return key
    finally:
        wipe(secret)
    return None
