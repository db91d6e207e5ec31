# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was set aside, looked into as far as that goes: what can be said of it, and what cures it.

Rules, each with a test:

* Of whom a file is, is said only when that laptop's signature holds; never what it says of itself.
* Nothing in it is opened to be told.
* For every reason it is said when it is tried again and what a person can do; each is in fact
  tried again, at every exchange, and comes in once its cause is cured.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.casework.words import _
from storage import ledger
from storage.store import Store
from sync.bundle import Opened, open_outer, verify
from sync.outcome import Author, author_of
from sync.reasons import Reason, SetAside
from sync.seat import Seat, seat_of
from sync.wire import feed_number


@dataclass(frozen=True, slots=True)
class Told:
    """A file that was set aside, and what can be said of it.

    Attributes:
        path: where it lies on the share.
        reason: why.
        since_ms: when it was first met, UTC milliseconds.
        last_ms: when it was last tried.
        tries: how often it was tried.
        size: bytes of it kept on this laptop; 0 where only the folder has it.
        author: whose it is, where a laptop of the team is known to have signed it.
        seq: its number, likewise.
        sealed_ms: when it was sealed, likewise; UTC milliseconds.
    """

    path: str
    reason: Reason
    since_ms: int
    last_ms: int
    tries: int
    size: int
    author: Author | None = None
    seq: int = 0
    sealed_ms: int = 0

    @property
    def settled(self) -> bool:
        """Say whether it is worth showing: an incomplete file gets a second chance first."""
        return self.reason is not Reason.INCOMPLETE or self.tries > 1

    @property
    def which(self) -> str:
        """Return which file it is, in words."""
        if self.author is None:
            return _("A file nobody in the team is known to have written")
        said = _("Bundle %(n)d from %(who)s")
        return said % {"n": self.seq, "who": self.author.words}

    @property
    def can_be_said(self) -> str:
        """Return what is known of it, and what is not."""
        if self.author is not None:
            return _(
                "It is signed by that laptop and is as it was sealed. What is in it was not opened."
            )
        return _("Nothing it says of itself is believed. What is in it was not opened.")

    @property
    def is_safe(self) -> str:
        """Return what is safe."""
        if self.size:
            return _("It is kept on this laptop, whole. Nothing of it is in your casebook.")
        return _("It is left where it lies in the folder. Nothing of it is in your casebook.")

    @property
    def to_do(self) -> str:
        """Return what a person can do, and when it is tried again."""
        return _TO_DO[self.reason]()


def told(store: Store) -> Iterator[Told]:
    """Yield what is set aside on this laptop, in the order of where it lies."""
    seat, feeds = seat_of(store), ledger.feeds(store)
    for row in ledger.set_aside(store):
        whole = Told(
            row.path, Reason(row.reason), row.first_ms, row.last_ms, row.tries, len(row.raw)
        )
        opened = _opened(seat, row.raw) if seat is not None else None
        if seat is None or opened is None:
            yield whole
            continue
        header = opened.header
        feed = feeds.get(feed_number(header.feed))
        device = header.genesis.device if header.genesis else feed.device if feed else b""
        laptop = seat.roster.device(device)
        try:
            verify(opened, laptop.sign if laptop else b"", seat.trusted)
        except SetAside:
            yield whole
        else:
            yield Told(
                *(whole.path, whole.reason, whole.since_ms, whole.last_ms, whole.tries, whole.size),
                author=author_of(seat.team, device),
                seq=header.seq,
                sealed_ms=header.ts_last,
            )


def _opened(seat: Seat, raw: bytes) -> Opened | None:
    try:
        return open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return None


_TO_DO: Mapping[Reason, Callable[[], str]] = {
    Reason.INCOMPLETE: lambda: _(
        "It is read again at every exchange. Whoever holds it whole puts it right when their "
        "laptop next shares: there is nothing you need do."
    ),
    Reason.NO_KEY: lambda: _(
        "If it is your team's, it opens once the new key has come: exchange with the team folder. "
        "If somebody else put it there, it does no harm; it can be taken out of the folder."
    ),
    Reason.BAD_SIGNATURE: lambda: _(
        "The laptop that wrote it puts the right one in its place when it next shares, and that "
        "one comes in. If it is still here in a week, tell your coordinator."
    ),
    Reason.UNKNOWN_LAPTOP: lambda: _(
        "It is tried at every exchange and comes in once the coordinator has let that laptop in. "
        "Ask whose it may be; if nobody knows, leave it."
    ),
    Reason.AFTER_CUTOFF: lambda: _(
        "Only the coordinator can decide, on Team, whether what that laptop wrote after it was "
        "taken out counts. Until then it stays here."
    ),
    Reason.GAP: lambda: _(
        "It comes in by itself once the earlier one is here: ask that laptop's owner to share. If "
        "nobody has it any more, the coordinator can give it up, and this one then comes in."
    ),
    Reason.FORK: lambda: _(
        "The coordinator settles it on Import: both versions are kept. It then comes in by itself."
    ),
    Reason.TOO_NEW: lambda: _(
        "Ask for the newer Tandem on this laptop. It comes in at the first exchange after that."
    ),
    Reason.TOO_LARGE: lambda: _(
        "Tandem never writes a file so large. Ask who put it into the folder; it can be taken out."
    ),
    Reason.NO_PERMISSION: lambda: _(
        "Ask its author: people of their role may not write it. It is tried at every exchange."
    ),
    Reason.FUTURE: lambda: _(
        "Have the clock of both laptops put right. It comes in by itself a day after it came here, "
        "or as soon as others have written later than it."
    ),
    Reason.DAMAGED: lambda: _(
        "Tell your coordinator, with this page. It is tried at every exchange and comes in if a "
        "sound one turns up or a newer Tandem can read it."
    ),
}
