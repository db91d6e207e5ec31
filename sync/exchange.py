# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An exchange: send what is new here, take in what is new elsewhere.

The steps, in the one order that loses nothing. Those marked * touch the share and run away from
the vault's thread; the others touch the vault and nothing else.

    begin   what to look for
  * look    the lists of people and keys; what stands under this laptop's name
    seal    take the lists in; seal what waits, knowing only what was known when it was written
  * carry   send, then fetch
    take_in verify, stage, apply, a transaction at a time
    end     set aside what is left, put back what the share lost, say what was seen
  * send    what `end` made
  * fetch   the parts of letters and pictures that are missing, a portion at a time
    keep    what came of them

Rules, each with a test:

* Nothing is taken in while something waits to be sealed, not even between two steps.
* If the share holds bundles this laptop signed and no longer knows, its vault is an old copy: then
  nothing is sealed, sent or taken in until its owner goes on (`rollback`).
* So it is when a line of bundles has a hole: an old page of the vault was put back.
* A vault whose owner went on, or that was put back from a backup, goes on under a new feed and
  takes its own old bundles in like anybody's, whatever the share holds.
* The taking in gives way to whoever works meanwhile. Where they changed the list of people, what is
  left of it is taken in the next time, by the list as it then is.
* Whoever holds a bundle the share lost puts it back.
* What is old is packed by the coordinator's laptop, and taken away when everybody has it.
* Everything is safe to do twice, and to break off anywhere.
"""

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import meaning
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from storage import custody, holders, ledger, repacking
from storage.errors import VaultError
from storage.ledger import Document
from storage.merging import resting
from storage.older import refuse_older
from storage.parts import missing
from storage.store import Store
from sync import crossed, erasing, parts, shelf
from sync.arriving import all_here
from sync.asking import REQUEST, requests
from sync.carry import (
    Cancelled,
    Carried,
    Errand,
    Looked,
    Progress,
    carry,
    look,
    never,
    nothing_to_tell,
    send,
    tidy,
)
from sync.documents import not_ours, take_documents
from sync.envelope import pack
from sync.heal import document_paths, put_back, put_back_documents
from sync.history import rebuild
from sync.intake import Intake, QuietFor, intake, undisturbed
from sync.join import read_invitation
from sync.outcome import Exchanged
from sync.packing import tend
from sync.places import numbered
from sync.proclaim import open_to_all, take_over
from sync.receipts import silence, to_check
from sync.refreshing import refresh_later, refresh_no_more, refreshing
from sync.rollback import is_older, went_on
from sync.sealing import give_receipt, seal_all
from sync.seals import Random, digest
from sync.seat import ROSTER, NotInTeam, Seat, own_folders, seat_of
from sync.set_aside import told
from sync.share import Share
from sync.touched import with_more
from sync.wire import READER


def exchange(
    store: Store,
    share: Share,
    *,
    now_ms: int,
    random: Random,
    progress: Progress = nothing_to_tell,
    cancelled: Cancelled = never,
) -> Exchanged:
    """Do a whole exchange on one thread; the command line and the tests do.

    Raises:
        ShareUnreachable: the share is not there; nothing is lost.
        NotInTeam: there is nobody to exchange with.
        VaultOlder: this vault is older than what it had sent; nothing was sealed.
    """
    going = Exchange(store, now_ms=now_ms, random=random)
    errand = going.seal(look(share, going.begin()))
    for _step in refresh(going, cancelled):
        pass
    while True:
        carried = carry(share, errand, progress=progress, cancelled=cancelled)
        for _taken in going.take_in(carried):
            going.stopped = cancelled()
        going.stopped = going.stopped or cancelled()
        if not carried.more or going.stopped:
            break
        errand = going.errand()
    errand = going.end()
    tidy(share, errand, now_s=now_ms / 1000)
    sent = send(share, errand)
    while errand.parts and not cancelled():
        errand = keep_parts(going, errand, parts.fetch(share, errand.team, errand.parts))
    if not going.stopped:
        all_here(store)
    return going.outcome(*sent)


@dataclass(slots=True)
class Exchange:
    """One exchange of one laptop; each method is one step on the vault's thread.

    It is with the team folder, unless `stick` says that it is with another.
    """

    store: Store
    now_ms: int
    random: Random
    stick: bool = False
    seat: Seat | None = None
    notes: list[str] = field(default_factory=list)
    in_hand: Intake | None = None
    last: Carried = field(default_factory=Carried)
    gone: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    unsent: str = ""
    stopped: bool = False

    def begin(self) -> Errand:
        """Return what to look for.

        Raises:
            NotInTeam: there is nobody to exchange with.
            VaultOlder: the vault was found to be older; its owner has not gone on yet.
        """
        refuse_older(self.store)
        self.seat = seat_of(self.store)
        return self.errand()

    def errand(self) -> Errand:
        """Return what to send and what to fetch, as things now stand."""
        store, seat = self.store, self.seat
        outbox = tuple(ledger.outbox(store))
        if seat is None:
            invitation = ledger.key(store, "invitation")
            if invitation is None:
                raise NotInTeam
            team = read_invitation(invitation, now_ms=0).team
            return Errand(team, outbox=outbox, joined=False)
        own, looked_at = ledger.own_feed(store), to_check(store, seat, random=self.random)
        alone, packs = shelf.checks(store, seat, looked_at, random=self.random)
        return Errand(
            seat.chain.team,
            documents=frozenset(document_paths(store, seat)) | not_ours(store),
            feeds=_held(store, seat),
            roster_n=seat.roster.n,
            own=seat.feed_folder(own.id) if own else "",
            outbox=outbox,
            skip=self._at_hand(),
            again=erasing.wanted(store, seat) if self.in_hand is None else (),
            check=alone | parts.to_check(store, seat.chain.team, random=self.random),
            requests=seat.me.device in seat.roster.coordinators,
            packs=shelf.known(store, seat),
            inspect=packs,
        )

    def seal(self, looked: Looked) -> Errand:
        """Take in the lists of people and keys, then seal what waits.

        Raises:
            VaultOlder: the share knows more of this laptop than it does itself.
        """
        store, now_ms, random = self.store, self.now_ms, self.random
        with store.transaction():
            taken = take_documents(store, looked, now_ms=now_ms, random=random, stick=self.stick)
            self.seat = seat = taken.seat
            self.notes += taken.notes
            if seat is None:
                return self.errand()
            if taken.succeeds:
                self.seat = seat = take_over(store, seat, now_ms=now_ms, random=random)
            _keep_requests(store, looked)
            said = went_on(store, seat, now_ms=now_ms, random=random)
            self.notes += said
            _make_anew(store, seat, None if said else taken.anew)
            if not is_older(store, seat, [raw for _path, raw in looked.own]):
                self.seat = seat = open_to_all(store, seat, now_ms=now_ms, random=random)
                if ledger.pending_count(store):
                    custody.release(store, now_ms=now_ms)
                seal_all(store, seat, now_ms=now_ms, random=random)
                self.notes += erasing.dispose(store, seat, now_ms=now_ms, random=random)
                put_back_documents(store, seat, looked.there)
                self.notes += silence(store, seat, now_ms=now_ms)
        refuse_older(store)
        with suppress(VaultError):  # a new roster may name another recovery key; if not now, then
            holders.put_in_order(store)  # at the next exchange or sign-in
        return self.errand()

    def take_in(
        self, carried: Carried, quiet_s: QuietFor = undisturbed
    ) -> Generator[int, None, None]:
        """Take in what was fetched, a transaction at a time; others may work in between.

        Whoever does not go on to the end closes it, on the vault's thread.

        Args:
            carried: what was fetched.
            quiet_s: for how many seconds nobody has waited for the vault.

        Yields:
            How many bundles each step took; 0 where one gave way, or clients were counted.
        """
        self._note_sent(carried.sent, carried.unsent)
        self.last = carried
        self.tried.update(carried.read)
        if self.seat is None or self.list_changed():
            return
        with self.store.transaction():
            shelf.learn(self.store, self.seat, carried.packs.new)
        if self.in_hand is None:
            self.in_hand = intake(self.store, self.seat, now_ms=self.now_ms)
        for _some in self.in_hand.offering(carried.bundles):
            yield 0
        carried.bundles.clear()
        with self.store.importing():
            steps = self.in_hand.steps(quiet_s)
            while not (self.stopped or self.list_changed()):
                self._seal_what_came_between()
                with resting():
                    taken = next(steps, None)
                if taken is None:
                    break
                yield taken

    def end(self) -> Errand:
        """Set aside what is left, put back what the share lost, and say what was seen."""
        store, seat, hand = self.store, self.seat, self.in_hand
        if seat is None or hand is None:
            return self.errand()
        if not self.stopped:
            hand.set_aside(self._there)
        with store.transaction():
            self._seal_what_came_between()
            self.notes += erasing.dispose(store, seat, now_ms=self.now_ms, random=self.random)
            self.notes += put_back(store, seat, self.last, self.gone, stick=self.stick)
            rest = self.stopped or self.last.more
            clearings = () if rest else tend(store, seat, self.last, now_ms=self.now_ms)
            self.notes += crossed.heed(store, seat, hand.touched)
            came = bool(hand.arrived)
            give_receipt(store, seat, something_came=came, now_ms=self.now_ms, random=self.random)
            parts.put_back(store, seat.chain.team, self.last.parts, self.last.damaged)
            parts.empty(store, seat.chain.team, self.last.damaged)
        repacking.sweep(store)
        there = self.last.parts or frozenset()  # of what is not there, nobody asks
        return replace(self.errand(), parts=there & missing(store).keys(), clear=clearings)

    def outcome(self, sent: tuple[str, ...], unsent: CaseworkError | None) -> Exchanged:
        """Return what came of it, after the last files were sent."""
        self._note_sent(sent, unsent)
        hand, (ours, others) = self.in_hand, _counted(self.store, self.seat, self.gone)
        if hand is None:
            return Exchanged(ours, others, self.unsent, notes=tuple(self.notes))
        return Exchanged(
            sent=ours,
            added=others,
            unsent=self.unsent,
            arrived=tuple(hand.arrived),
            waiting=tuple(hand.waiting()),
            aside=tuple(told(self.store, hand.anew)),
            refused=hand.refused,
            notes=tuple(self.notes),
            touched=hand.touched,
            requests=len(requests(self.store)),
            stopped=self.stopped,
        )

    def _at_hand(self) -> frozenset[str]:
        """Return the files that need not be read again: aside and whole, in a queue, or read."""
        queues = self.in_hand.order.queues.values() if self.in_hand else ()
        queued = {one.path for queue in queues for one in queue.values()}
        aside = {row.path for row in ledger.set_aside(self.store) if row.raw}
        return frozenset(queued | aside | self.tried)

    def list_changed(self) -> bool:
        """Say whether another list of people holds than the one this exchange goes by."""
        held = ledger.key(self.store, ROSTER)
        if self.seat is None or held == pack(self.seat.chain.document):
            return False
        self.seat, self.stopped = seat_of(self.store), True
        self.notes.append(
            _("The list of people changed meanwhile. The rest is taken in when you next share.")
        )
        return True

    def _there(self, path: str) -> bool:
        """Say whether a bundle was in the last listing."""
        folder, _slash, name = path.rpartition("/")
        return numbered(name) in self.last.present.get(folder, frozenset())

    def _seal_what_came_between(self) -> None:
        if self.seat is not None and ledger.pending_count(self.store):
            with self.store.transaction():
                seal_all(self.store, self.seat, now_ms=self.now_ms, random=self.random)

    def _note_sent(self, paths: tuple[str, ...], unsent: CaseworkError | None) -> None:
        with self.store.transaction():
            for path in paths:
                ledger.drop_outbox(self.store, path)
        self.gone.update(paths)
        self.unsent = str(unsent) if unsent else self.unsent


def _counted(store: Store, seat: Seat | None, sent: set[str]) -> tuple[int, int]:
    """Return how many bundles were sent: this laptop's own, and others'."""
    bundles = [path.rpartition("/")[0] for path in sent if path.endswith(".bundle")]
    own = own_folders(store, seat) if seat else frozenset(bundles)
    return sum(one in own for one in bundles), sum(one not in own for one in bundles)


def refresh(going: Exchange, stopped: Cancelled = never) -> Generator[tuple[int, int], None, None]:
    """Bring up to date what an upgrade or a new key has left stale, a little at a time.

    Whoever does not go on to the end closes it, on the vault's thread; it goes on from there the
    next time.

    Yields:
        How many records of how many were gone through.
    """
    if going.seat is not None:
        yield from refreshing(going.store, going.seat, lambda: stopped() or going.list_changed())


def keep_parts(going: Exchange, errand: Errand, fetched: parts.Fetched) -> Errand:
    """Keep the parts of letters and pictures that came; return what is still to be looked for."""
    with going.store.transaction():
        waited = parts.keep(going.store, fetched)
    if going.in_hand is not None:
        going.in_hand.touched = with_more(going.in_hand.touched, [waited])
    return replace(errand, parts=errand.parts - fetched.tried)


def _keep_requests(store: Store, looked: Looked) -> None:
    for _path, raw in looked.requests:
        id_of = digest(b"tandem-request", raw)
        ledger.put_document(store, Document(REQUEST, 0, id_of, raw))


def _make_anew(store: Store, seat: Seat, audiences: set[str] | None) -> None:
    """Make the records of all audiences anew now; those of some, and after an upgrade, later."""
    if audiences is None:
        rebuild(store, seat)
        refresh_no_more(store)
    elif _reads_more(store):
        refresh_later(store, None)
    elif audiences:
        refresh_later(store, audiences)


def _held(store: Store, seat: Seat) -> dict[str, frozenset[tuple[int, bytes]]]:
    """Return, per folder, the bundles that are held: numbers and starts of ids."""
    feeds = ledger.feeds(store)
    folders = {number: seat.feed_folder(feed.id) for number, feed in feeds.items()}
    held: dict[str, set[tuple[int, bytes]]] = {folder: set() for folder in folders.values()}
    for (number, seq), id_of in ledger.bundle_ids(store).items():
        held[folders[number]].add((seq, id_of[:16]))
    return {folder: frozenset(some) for folder, some in held.items()}


def _reads_more(store: Store) -> bool:
    """Say whether this Tandem understands what the one before it had to leave as it was.

    That is a bundle it could not read, and records of forms and fields it did not know.
    """
    now: dict[str, Json] = {"sync.reader": READER, "sync.forms": meaning()}
    before = {name: store.get(name) for name in now}
    for name, one in now.items():
        if before[name] != one:
            store.put(name, one)
    return any(one not in (None, now[name]) for name, one in before.items())
