# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the keepers' page asks of the vault, and the same in words."""

from dataclasses import dataclass

from desktop_app.casework.letters import seen, set_apart
from desktop_app.casework.words import ngettext
from storage.store import Store
from sync import acts
from sync.act_words import in_words, keeper_of, strange
from sync.rivals import Rivals, rivals
from sync.roster import Roster
from sync.seat import seat_of


@dataclass(frozen=True, slots=True)
class Waits:
    """An act that waits for signatures, in words.

    Attributes:
        decides: what it would change.
        strange: whether it would change something that stands in no sentence.
        signed: who has signed.
        missing: how many keepers are still to sign.
    """

    decides: tuple[str, ...]
    strange: bool
    signed: tuple[str, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class KeepersFacts:
    """What the page asks of the vault."""

    roster: Roster | None = None
    alone: bool = False
    mine: bytes = b""
    waits: Waits | None = None
    rivals: Rivals | None = None
    overtaken: bool = False

    @property
    def keepers(self) -> tuple[str, ...]:
        """Return who keeps a paper."""
        return tuple(set_apart(seen(one)) for one in self.roster.keepers) if self.roster else ()


def keepers_facts(store: Store) -> KeepersFacts:
    """Ask the vault how things stand with the keepers."""
    held = seat_of(store)
    if held is None:
        return KeepersFacts()
    act = acts.pending(store)
    return KeepersFacts(
        held.roster,
        acts.alone(store),
        held.me.device,
        waits_in_words(act) if act else None,
        rivals(store, held),
        acts.overtaken(store),
    )


def waits_in_words(act: acts.Act) -> Waits:
    """Return an act that waits, in words."""
    signers = act.signers
    signed = tuple(keeper_of(act.before, one) for one in act.before.root if one in signers)
    return Waits(tuple(in_words(act)), strange(act), signed, max(act.missing, act.missing_new))


def still_missing(many: int) -> str:
    """Return how many keepers are still to sign."""
    return ngettext("%(n)d more keeper has to sign.", "%(n)d more keepers have to sign.", many) % {
        "n": many
    }
