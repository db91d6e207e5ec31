# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Acts of the keepers: what needs their papers, from the day it is prepared to the day it counts.

An act is the next roster, whole, with the signatures it has so far. Rules, each with a test:

* Anybody in the team may prepare one; it counts once as many keepers have signed as it takes.
* The keepers sign at one laptop or at several, at one time or at several: an act that is not
  complete waits in the vault, and travels as a file only the team's laptops open. The file holds
  no paper's key, and neither does the vault.
* Each paper signs once. A paper of another team, of an earlier set, or one that opens casebooks is
  told from a wrong word.
* Where the list of people went on meanwhile, the act counts for nothing and has to begin again.
* What was signed is the roster itself: whoever shows it reads it from there, never from a claim.
* The root key of a team that had no papers yet leaves the vault once it decides nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from desktop_app.casework.errors import CaseworkError, NotAllowed
from desktop_app.casework.words import _
from storage import custody, holders, ledger
from storage.older import refuse_older
from storage.store import Store
from sync import keepers
from sync.envelope import LARGEST, Signed, disclose, enclose, pack, unpack
from sync.proclaim import proclaim, take_over
from sync.reasons import SetAside
from sync.rivals import rivals
from sync.roster import PURPOSE, Roster, read_roster
from sync.seals import Random, signing_pair
from sync.seat import Seat, refuse_old_lists, seat_of, seated
from sync.team import sign_roster

MAGIC = b"TANDEMK1"
KEPT = "act"
"""Under this name the vault keeps the act that is being signed."""


class WrongPaper(CaseworkError):
    """This paper does not sign this act."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be signed.

    Attributes:
        document: the next roster and its signatures so far.
        before: the roster that counts now.
        after: the roster it would be.
    """

    document: Signed
    before: Roster
    after: Roster

    @property
    def signers(self) -> frozenset[bytes]:
        """Return the root keys, old and new, that signed."""
        return self.document.signers(PURPOSE) & {*self.before.root, *self.after.root}

    @property
    def missing(self) -> int:
        """Return how many papers of today are still to sign."""
        return max(0, self.before.threshold - len(self.signers & {*self.before.root}))

    @property
    def missing_new(self) -> int:
        """Return how many papers of the new set are still to sign."""
        return max(0, self.after.threshold - len(self.signers & {*self.after.root}))

    @property
    def complete(self) -> bool:
        """Say whether it can count."""
        return not self.missing and not self.missing_new


def begin(
    store: Store,
    roster: Roster,
    *,
    papers: Sequence[str] = (),
    now_ms: int,
    random: Random,
) -> Act | None:
    """Prepare an act; return it, or None when it was complete at once and counts.

    Args:
        store: the vault.
        roster: the next roster.
        papers: words of papers just made, each twelve words, which sign at once.
        now_ms: UTC milliseconds.
        random: gives random bytes.

    Raises:
        NotAllowed: the team has no papers, and this is not the laptop that decides alone.
    """
    see_it_can_be_signed(store)
    held, root = seated(store), ledger.key(store, "root")
    doubt = rivals(store, held)
    if doubt is not None:  # whatever the keepers sign next says which list everybody goes on from
        roster = msgspec.structs.replace(roster, also=doubt.ids)
    document = sign_roster(roster, held.me, root_seeds=[root] if root else [])
    message = PURPOSE + document.body
    made = [keepers.signature(words, message) for words in papers]
    act = Act(Signed(document.body, [*document.sigs, *made]), held.roster, roster)
    return _go_on(store, act, now_ms=now_ms, random=random)


def see_it_can_be_signed(store: Store) -> None:
    """See that somebody could sign what is prepared here.

    Raises:
        NotAllowed: the team has no papers, and this is not the laptop that decides alone; or the
            vault was put back from a backup and has not shared since.
        VaultOlder: the vault is older than it should be: the next list may exist already.
    """
    refuse_old_lists(store)
    if not seated(store).roster.keepers and not alone(store):
        raise NotAllowed(
            _(
                "The team has no keepers' papers yet, so only the laptop it was founded on can "
                "decide this. Nothing was changed."
            )
        )


def pending(store: Store) -> Act | None:
    """Return the act that waits for signatures here; None when there is none that could count."""
    held, raw = seat_of(store), ledger.key(store, KEPT)
    return _act(held, unpack(raw)) if held is not None and raw is not None else None


def overtaken(store: Store) -> bool:
    """Say whether an act waited here that counts for nothing: the list of people went on."""
    return ledger.key(store, KEPT) is not None and pending(store) is None


def sign(store: Store, words: str, *, now_ms: int, random: Random) -> Act | None:
    """Sign the act that waits with a paper's words; return it, or None once it counts.

    Raises:
        WrongRecovery: a word is wrong.
        WrongPaper: the words are those of no paper that can sign here.
        NotAllowed: there is nothing to sign.
    """
    refuse_older(store)
    act = _waiting(store)
    public, signature = keepers.signature(words, PURPOSE + act.document.body)
    if public not in {*act.before.root, *act.after.root}:
        if keepers.is_recovery(words, act.before.recovery):
            raise WrongPaper(
                _(
                    "These are the team's recovery words: they open casebooks and sign nothing. "
                    "What is needed is the paper headed Keeper's paper."
                )
            )
        raise WrongPaper(
            _("This paper is of another team, or was replaced since. Nothing was signed.")
        )
    if public in act.signers:
        raise WrongPaper(_("This paper has signed already. It takes another keeper's."))
    document = Signed(act.document.body, [*act.document.sigs, (public, signature)])
    act = Act(document, act.before, act.after)
    return _go_on(store, act, now_ms=now_ms, random=random)


def give_up(store: Store) -> None:
    """Forget the act that waits; nothing was changed by it."""
    with store.transaction():
        ledger.drop_key(store, KEPT)


def to_carry(store: Store, *, random: Random) -> bytes:
    """Return the act that waits as a file, for another laptop of the team.

    Raises:
        NotAllowed: there is none.
    """
    act, held = _waiting(store), seated(store)
    about = _about(held.chain.team)
    return MAGIC + enclose(act.document, about, act.after.recipients(), random=random)


def take_up(store: Store, raw: bytes, *, now_ms: int, random: Random) -> Act | None:
    """Go on with an act somebody prepared elsewhere; return it, or None once it counts.

    Signatures of the same act from both sides add up.

    Raises:
        NotAllowed: it is no act for this laptop, or the list of people went on since.
    """
    refuse_older(store)
    held = seated(store)
    try:
        right = raw.startswith(MAGIC) and len(raw) <= LARGEST
        found = disclose(raw[len(MAGIC) :], _about(held.chain.team), held.me) if right else None
    except SetAside:
        found = None
    if found is None:
        raise NotAllowed(_("This file is nothing that keepers sign for this team."))
    act = _act(held, found)
    if act is None:
        raise NotAllowed(_overtaken())
    here = pending(store)
    if here is not None and here.document.body == found.body:
        sigs = {key: (key, sig) for key, sig in (*found.sigs, *here.document.sigs)}
        act = Act(Signed(found.body, [*sigs.values()]), act.before, act.after)
    return _go_on(store, act, now_ms=now_ms, random=random)


def alone(store: Store) -> bool:
    """Say whether this vault decides without any paper: so it is until papers are made."""
    held, root = seat_of(store), ledger.key(store, "root")
    if held is None or root is None:
        return False
    return held.roster.threshold == 1 and signing_pair(root)[0] in held.roster.root


def _go_on(store: Store, act: Act, *, now_ms: int, random: Random) -> Act | None:
    """Keep an act with its signatures; where they are enough, let it count."""
    if not act.complete:
        with store.transaction():
            ledger.put_key(store, KEPT, pack(act.document))
        return act
    held = seated(store)
    with store.transaction():
        after = proclaim(store, held, act.document, act.after, random=random)
        ledger.drop_key(store, KEPT)
        root = ledger.key(store, "root")
        if root is not None and signing_pair(root)[0] not in act.after.root:
            ledger.drop_key(store, "root")
        coordinates = held.me.device in act.after.coordinators
        if coordinates and held.me.device not in act.before.coordinators:
            take_over(store, after, now_ms=now_ms, random=random)
        _note(store, act, now_ms=now_ms)
    if act.before.recovery != act.after.recovery:
        holders.put_in_order(store)
    return None


def _note(store: Store, act: Act, *, now_ms: int) -> None:
    made = act.before.root != act.after.root
    if made:
        custody.note(store, "keepers_made", now_ms=now_ms)
    if act.before.threshold > 1:
        custody.note(store, "keepers_signed", now_ms=now_ms)
    if act.before.recovery != act.after.recovery:
        custody.note(store, "team_words_made", now_ms=now_ms)


def _waiting(store: Store) -> Act:
    act = pending(store)
    if overtaken(store):
        raise NotAllowed(_overtaken())
    if act is None:
        raise NotAllowed(_("Nothing waits for a keeper here. Nothing was signed."))
    return act


def _act(held: Seat, document: Signed) -> Act | None:
    """Return what a document would do; None when it does not follow the list that counts."""
    try:
        after = read_roster(document)
    except SetAside:
        return None
    trusted = held.chain.document.id
    follows = after.n == held.roster.n + 1 and after.team == held.chain.team
    if not follows or trusted not in (after.prev, *after.also):
        return None
    return Act(document, held.roster, after)


def _overtaken() -> str:
    return _("The list of people has changed since this was prepared. It has to begin again.")


def _about(team: bytes) -> bytes:
    return team + b"keepers"
