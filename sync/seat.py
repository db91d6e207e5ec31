# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A seat: this laptop's place in the team, with the keys it holds.

Rules, each with a test:

* Which sections this laptop writes follows from the circles it was let into; `audit` is written
  by everybody.
* What was written for the audit, its own included, it cannot read again, unless it was let into
  that circle: the key of such a section is made for it alone and then forgotten.
* Keys never show in a text made of this object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from desktop_app.casework.audience import AUDIENCES, AUDIT
from desktop_app.casework.errors import CaseworkError, NotAllowed
from desktop_app.casework.people import Team
from desktop_app.casework.words import _
from storage import holders, ledger
from storage.keyfile import TEAM
from storage.ledger import Document
from storage.older import RESTORED, refuse_older
from storage.store import Store
from sync import circle as circles
from sync.bundle import Opened, Part
from sync.circle import Circle, Held
from sync.envelope import Signed, pack, unpack
from sync.identity import Identity, genesis, identity
from sync.places import bundle_name, feed_folder
from sync.roster import Laptop, Roster, read_roster, team_of
from sync.seals import KEY, NotOpened, Random, key_id, open_box
from sync.team import Chain
from sync.wire import BOX, Genesis, Replaced, feed_id, feed_number

ROSTER, RIVAL = "roster", "roster-rival"
SUSPENDED = "roster-suspended"
"""Under this name the vault keeps the list that counts here while two are in doubt."""
MORE = "more:"
"""Under such names the vault keeps the keys of lists that stood beside another."""
_GENESIS = msgspec.msgpack.Decoder(Genesis).decode


class NotInTeam(CaseworkError):
    """This vault has neither a team nor an invitation to one."""

    def __init__(self) -> None:
        super().__init__(
            _("This laptop is not in a team yet. Open the coordinator's invitation first.")
        )


@dataclass(frozen=True, slots=True)
class Seat:
    """Who this laptop is, what it trusts, what it can open."""

    me: Identity
    chain: Chain
    circles: Mapping[str, tuple[Held, ...]] = field(repr=False)
    team_keys: Mapping[bytes, bytes] = field(repr=False)
    section_keys: Mapping[bytes, bytes] = field(repr=False)

    @property
    def roster(self) -> Roster:
        """Return the roster this laptop trusts."""
        return self.chain.roster

    @property
    def laptop(self) -> Laptop | None:
        """Return this laptop as the roster names it."""
        return self.roster.device(self.me.device)

    @property
    def person(self) -> str:
        """Return the id of the person whose laptop this is."""
        return self.laptop.person if self.laptop else ""

    @property
    def team(self) -> Team:
        """Return the team as the casework knows it."""
        return team_of(self.roster, self.chain.team)

    def team_key(self) -> Part:
        """Return the outer key to write with."""
        key = self.roster.team_keys[-1]
        return Part("", key_id(key), key)

    def parts(self, random: Random) -> dict[str, Part]:
        """Return an empty section for every audience this laptop can write to."""
        found = {}
        for audience in AUDIENCES:
            newest = circles.newest(self.circles.get(audience, ()))
            if audience == AUDIT:
                public = self.roster.audit_key
                found[audience] = Part(audience, key_id(public), random(KEY), box_for=public)
            elif newest is not None and self.me.device in newest.circle.members:
                found[audience] = Part(audience, *newest.circle.present)
        return found

    def key_for(self, opened: Opened, index: int) -> bytes | None:
        """Return the key of a section; None when it is not for this laptop."""
        entry = opened.header.secs[index]
        key = self.section_keys.get(entry.key_id)
        if not entry.boxed:
            return key
        if key is not None:
            try:
                return open_box(key, opened.sections[index][:BOX])
            except NotOpened:
                return b""
        return None

    def trusted(self, said: Replaced, audience: str) -> bytes:
        """Return the signing key of a laptop that replaced a section; empty if it may not."""
        laptop = self.roster.device(said.device)
        may = self.roster.decides(said.device, audience, said.roster_n)
        return laptop.sign if laptop and may else b""

    def bundle_path(self, feed: bytes, seq: int, id: bytes) -> str:  # noqa: A002
        """Return where a bundle lies on the share."""
        return f"{self.feed_folder(feed)}/{bundle_name(seq, id)}"

    def feed_folder(self, feed: bytes) -> str:
        """Return the folder of a feed on the share."""
        return feed_folder(self.chain.team, self.roster.name_key, feed)


def keep_identity(store: Store, me: Identity) -> None:
    """Keep the secrets of a new laptop in its vault."""
    ledger.put_key(store, "sign", me.seed)
    ledger.put_key(store, "box", me.box_secret)


def identity_of(store: Store) -> Identity | None:
    """Return the identity kept in a vault; None before it was made."""
    seed, box = ledger.key(store, "sign"), ledger.key(store, "box")
    return identity(seed, box) if seed and box else None


def seat_of(store: Store) -> Seat | None:
    """Return this laptop's seat; None before it has joined a team."""
    me, team = identity_of(store), ledger.key(store, "team")
    trusted = ledger.key(store, "roster")
    if me is None or team is None or trusted is None:
        return None
    document, doubt = unpack(trusted), ledger.key(store, SUSPENDED)
    counts = Signed(doubt, []) if doubt else document
    return seat(store, me, Chain(team, document, read_roster(counts)))


def seated(store: Store) -> Seat:
    """Return this laptop's seat.

    Raises:
        NotInTeam: it has not joined.
    """
    held = seat_of(store)
    if held is None:
        raise NotInTeam
    return held


def refuse_old_lists(store: Store) -> None:
    """Refuse to sign a list of people where the next one may exist already.

    Raises:
        NotAllowed: the vault was put back from a backup and has not shared since.
        VaultOlder: it is older than it should be.
    """
    refuse_older(store)
    if store.get(RESTORED) is not None:
        raise NotAllowed(
            _(
                "This casebook was put back from a backup, and a newer list of people may lie in "
                "the team folder. Share first, then do this. Nothing was changed."
            )
        )


def coordinators_seat(store: Store) -> Seat:
    """Return this laptop's seat, when it is a coordinator's.

    Raises:
        NotAllowed: it is not, or was put back from a backup and has not shared since.
        VaultOlder: the vault is older than it should be: its next list may exist already.
    """
    refuse_old_lists(store)
    held = seated(store)
    if held.me.device not in held.roster.coordinators:
        raise NotAllowed(_("Only the coordinator's laptop can do this."))
    if ledger.key(store, SUSPENDED) is not None:
        raise NotAllowed(
            _("Two lists of people exist. Two keepers decide first. Nothing was changed.")
        )
    return held


def seat(store: Store, me: Identity, chain: Chain) -> Seat:
    """Return the seat that goes with a roster and the circles kept in a vault."""
    held = {audience: tuple(_circles(store, audience)) for audience in AUDIENCES}
    keys = {
        name: key
        for some in held.values()
        for one in some
        for name, key in one.circle.by_id().items()
    }
    more = more_keys(store)
    outer = {**more.get("", {}), **chain.roster.keys()}
    for audience in AUDIENCES:
        keys = {**more.get(audience, {}), **keys}
    return Seat(me, chain, held, outer, keys)


def keep_keys(store: Store, audience: str, some: Mapping[bytes, bytes]) -> None:
    """Keep keys, by their ids, whoever's list counts in the end: honest work was sealed with them.

    Args:
        store: the vault.
        audience: whose they are; empty for outer keys.
        some: the keys.
    """
    for name, key in some.items():
        ledger.put_key(store, f"{MORE}{audience}:{name.hex()}", key)


def more_keys(store: Store) -> dict[str, dict[bytes, bytes]]:
    """Return the keys of lists that stood beside another, by audience; the outer ones under ""."""
    found: dict[str, dict[bytes, bytes]] = {}
    for name, key in ledger.keys(store, MORE).items():
        audience, _colon, id_of = name.removeprefix(MORE).partition(":")
        found.setdefault(audience, {})[bytes.fromhex(id_of)] = key
    return found


def keep_roster(store: Store, roster: Roster, document: Signed, raw: bytes) -> None:
    """Go by a roster that was verified: keep it open for this laptop, closed for the share."""
    ledger.put_document(store, Document(ROSTER, roster.n, document.id, raw))
    ledger.put_key(store, "roster", pack(document))
    ledger.drop_key(store, SUSPENDED)
    holders.name(store, TEAM, roster.recovery)


def keep_circle(store: Store, circle: Circle, document: Signed, raw: bytes) -> None:
    """Keep a circle that was verified, in the same way.

    A lead who is taken out later does not take back whom he let in.
    """
    kind = circle_kind(circle.audience)
    ledger.put_document(store, Document(kind, circle.n, document.id, raw))
    ledger.put_key(store, f"{kind}:{document.id.hex()}", document.body)


def begin_feed(
    store: Store, me: Identity, team: bytes, person: str, *, began: Genesis
) -> ledger.Feed:
    """Begin a new feed of this laptop; its first bundle will say how it began."""
    feed = feed_id(team, began)
    own = ledger.Feed(feed_number(feed), feed, me.device, 0, bytes(32), 0)
    ledger.put_key(store, f"genesis:{feed.hex()}", msgspec.msgpack.encode(began))
    ledger.use_feed(store, own, author=person)
    return own


def leave_feed(
    store: Store, held: Seat, own: ledger.Feed, *, why: int, before: bytes, random: Random
) -> None:
    """Go on under a new feed; what is not sealed yet goes with it."""
    began = genesis(held.me.device, random, why=why, before=before, before_seq=own.head_seq)
    fresh = begin_feed(store, held.me, held.chain.team, held.person, began=began)
    ledger.retag_pending(store, fresh.number, 1)


def genesis_of(store: Store, feed: bytes) -> Genesis | None:
    """Return how an own feed began."""
    kept = ledger.key(store, f"genesis:{feed.hex()}")
    return _GENESIS(kept) if kept else None


def own_folders(store: Store, seat: Seat) -> frozenset[str]:
    """Return the folders on the share of all feeds this laptop has written."""
    feeds = ledger.feeds(store).values()
    return frozenset(seat.feed_folder(one.id) for one in feeds if one.device == seat.me.device)


def roster_about(team: bytes) -> bytes:
    """Return what an envelope of this team's rosters says it is about."""
    return team + b"roster"


def circle_kind(audience: str) -> str:
    """Return the kind of an audience's documents in the ledger."""
    return f"audience:{audience}"


def _circles(store: Store, audience: str) -> list[Held]:
    prefix = f"{circle_kind(audience)}:"
    found = [
        Held(bytes.fromhex(name.removeprefix(prefix)), circles.body_in(body))
        for name, body in ledger.keys(store, prefix).items()
    ]
    return sorted(found, key=lambda one: (one.circle.n, one.id))
