# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What came of an exchange, in values a screen can show and words a person can read.

Rules, each with a test:

* Every bundle that came, waits or was set aside is named with its author, its number and why.
* Forms are counted, never quoted: nothing here holds an answer.
* What is not known is not said.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Team
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from sync.reasons import Reason


@dataclass(frozen=True, slots=True)
class Author:
    """Whose bundle it is: a person and a laptop, as the roster names them."""

    person: str
    laptop: str

    @property
    def words(self) -> str:
        """Return both in words."""
        return _("%(who)s on %(laptop)s") % {"who": self.person, "laptop": self.laptop}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A bundle that was taken in.

    Attributes:
        author: whose it is.
        seq: its number among the author's bundles.
        at: when it was sealed, UTC milliseconds.
        items: how many changes it brought, by form.
        sealed_off: audiences it has something, or nothing, for that this laptop may not read.
    """

    author: Author
    seq: int
    at: int
    items: Mapping[str, int]
    sealed_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bundle that waits for another."""

    author: Author
    seq: int
    for_author: Author
    for_seq: int

    @property
    def words(self) -> str:
        """Return what waits for what."""
        said = {"seq": self.seq, "who": self.author.words, "other": self.for_seq}
        if self.author == self.for_author:
            return _("Bundle %(seq)d from %(who)s waits for their bundle %(other)d.") % said
        words = _("Bundle %(seq)d from %(who)s waits for bundle %(other)d from %(whom)s.")
        return words % {**said, "whom": self.for_author.words}

    @property
    def which(self) -> str:
        """Return what it waits for, as part of a sentence."""
        said = {"other": self.for_seq, "whom": self.for_author.words}
        if self.author == self.for_author:
            return _("their bundle %(other)d") % said
        return _("bundle %(other)d from %(whom)s") % said


@dataclass(frozen=True, slots=True)
class Aside:
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
        anew: whether it was set aside just now, for that reason: who shares is told of it once.
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
    anew: bool = False

    @property
    def settled(self) -> bool:
        """Say whether it is worth showing: an incomplete file gets a second chance first."""
        return self.reason is not Reason.INCOMPLETE or self.tries > 1

    @property
    def waits(self) -> bool:
        """Say whether nothing is wrong with it: it waits for another, and is named with that."""
        return self.reason is Reason.GAP

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

    def to_do(self, *, coordinates: bool = False) -> str:
        """Return what a person can do, and when it is tried again; see `Reason.to_do`."""
        return self.reason.to_do(coordinates=coordinates)


@dataclass(frozen=True, slots=True)
class Previewed:
    """A bundle that is here and was not taken in yet: what it would bring, what it waits for.

    Attributes:
        path: where it lies on the share.
        arrived: what it would bring.
        waits: what it waits for.
        twice: it, or one before it, was written twice: it waits for the coordinator to settle that.
        kept: whether it is kept on this laptop already.
    """

    path: str
    arrived: Arrived
    waits: tuple[Waiting, ...] = ()
    twice: bool = False
    kept: bool = False

    @property
    def comes_in(self) -> bool:
        """Say whether it would come in now; else it is kept, and comes in by itself later."""
        return not (self.waits or self.twice)

    @property
    def waits_words(self) -> str:
        """Return what it waits for, in words."""
        if len(self.waits) == 1:
            return self.waits[0].words
        said = {"n": self.arrived.seq, "who": self.arrived.author.words}
        if self.waits:
            which = listed([one.which for one in self.waits])
            return _("Bundle %(n)d from %(who)s waits for %(which)s.") % {**said, "which": which}
        return (
            _("Bundle %(n)d from %(who)s waits until it is settled what was written twice.") % said
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who has one of this laptop's bundles."""

    seq: int
    at: int
    have: tuple[Author, ...]
    missing: tuple[Author, ...]

    @property
    def words(self) -> str:
        """Return who has it, in words."""
        if not self.have and not self.missing:
            return _("Nobody else is in the team yet.")
        if not self.missing:
            return _("Everyone has it.")
        if not self.have:
            return _("No word yet that anybody has it.")
        everyone = len(self.have) + len(self.missing)
        words = ngettext(
            "%(have)d of %(all)d has it; no word yet from: %(who)s.",
            "%(have)d of %(all)d have it; no word yet from: %(who)s.",
            len(self.have),
        )
        return words % {
            "have": len(self.have),
            "all": everyone,
            "who": ", ".join(one.words for one in self.missing),
        }


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What came of an exchange.

    Attributes:
        sent: how many of this laptop's bundles reached the share.
        added: how many of others' were missing there and were put there from here.
        unsent: why the rest did not, in words; empty when all did.
        arrived: what was taken in.
        waiting: what waits for what.
        aside: what was set aside.
        refused: how many changes their authors may not write.
        notes: what a person should be told besides.
        touched: ids of records and clients that changed.
        requests: how many laptops ask to join.
        stopped: whether it was stopped half-way; the rest comes next time.
    """

    sent: int = 0
    added: int = 0
    unsent: str = ""
    arrived: tuple[Arrived, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    aside: tuple[Aside, ...] = ()
    refused: int = 0
    notes: tuple[str, ...] = ()
    touched: frozenset[bytes] = field(default=frozenset(), repr=False)
    requests: int = 0
    stopped: bool = False

    @property
    def items(self) -> Mapping[str, int]:
        """Return how many changes came, by form."""
        return counted(one.items for one in self.arrived)

    @property
    def by_laptop(self) -> Mapping[Author, Mapping[str, int]]:
        """Return how many changes came from each laptop, by form."""
        found: dict[Author, Counter[str]] = {}
        for one in self.arrived:
            found.setdefault(one.author, Counter()).update(one.items)
        return found

    @property
    def words(self) -> str:
        """Return the outcome in one line."""
        said = [self.unsent] if self.unsent else []
        if self.sent:
            said.append(
                ngettext("%(n)d bundle sent.", "%(n)d bundles sent.", self.sent) % {"n": self.sent}
            )
        if self.added:
            said.append(
                ngettext(
                    "%(n)d bundle of a colleague's was missing there and was added.",
                    "%(n)d bundles of colleagues' were missing there and were added.",
                    self.added,
                )
                % {"n": self.added}
            )
        came = items_in_words(self.items)
        said.append(_("Came in: %(what)s") % {"what": came} if self.items else came)
        waiting = len({(one.author, one.seq) for one in self.waiting})
        if waiting:
            said.append(
                ngettext(
                    "%(n)d bundle waits for another.",
                    "%(n)d bundles wait for others.",
                    waiting,
                )
                % {"n": waiting}
            )
        aside = sum(one.anew and one.settled and not one.waits for one in self.aside)
        if aside:
            said.append(
                ngettext("%(n)d file set aside.", "%(n)d files set aside.", aside) % {"n": aside}
            )
        return " ".join(said)


def counted(items: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """Return counts by form, added up.

    What was written for the audit is not counted: it is for judging nobody's work (DPA 2018
    s.62(4)).
    """
    total: Counter[str] = Counter()
    for one in items:
        total.update(one)
    for name in [name for name in total if name in forms() and forms()[name].audience == AUDIT]:
        del total[name]
    return total


def items_in_words(items: Mapping[str, int]) -> str:
    """Return counts by form in words, the greatest first."""
    known = forms()
    said = []
    for name, count in sorted(items.items(), key=lambda item: (-item[1], item[0])):
        form = known.get(name)
        newer = _("%(n)d of a newer kind") % {"n": count}
        said.append(form.counted(count) if form is not None else newer)
    return ", ".join(said) + "." if said else _("Nothing new came.")


def author_of(team: Team, device: bytes) -> Author:
    """Return whose laptop it is."""
    known = team.devices.get(device.hex())
    if known is None:
        return Author(_("Somebody not known"), _("an unknown laptop"))
    return Author(team.name_of(known.person), known.name)
