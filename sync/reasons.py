# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a file from the share could not be used, in one plain sentence each.

A file that cannot be used is set aside: kept, shown, tried again. It is never dropped, and it
never stops the others.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _, ngettext


class Reason(StrEnum):
    """What is wrong with a file. The list is closed: a reader names one of these or succeeds."""

    INCOMPLETE = "incomplete"
    NO_KEY = "no_key"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_LAPTOP = "unknown_laptop"
    AFTER_CUTOFF = "after_cutoff"
    GAP = "gap"
    FORK = "fork"
    TOO_NEW = "too_new"
    TOO_LARGE = "too_large"
    NO_PERMISSION = "no_permission"
    FUTURE = "future"
    DAMAGED = "damaged"

    @property
    def words(self) -> str:
        """Return the reason as a sentence."""
        return _SENTENCES[self]()

    def to_do(self, *, coordinates: bool = False) -> str:
        """Return what a person can do, and when the file is tried again.

        Args:
            coordinates: whether it is said to the coordinator, who is not sent to themselves.
        """
        return (_COORDINATOR_DOES if coordinates and self in _COORDINATOR_DOES else _TO_DO)[self]()

    def stays_out(self, count: int) -> str:
        """Return that so many new files stay out of the casebook because of it."""
        other = ngettext(
            "%(n)d file cannot be used. It stays out.",
            "%(n)d files cannot be used. They stay out.",
            count,
        )
        said = _STAYS_OUT[self](count) if self in _STAYS_OUT else other
        return said % {"n": count}


def there(why: str) -> str:
    """Return why a bundle of this laptop's is set aside on another, in a few words.

    Args:
        why: a word of `Reason`; a newer Tandem may know others.
    """
    if why not in set(Reason):
        return _("for a reason only a newer Tandem knows")
    return _THERE[Reason(why)]()


class SetAside(CaseworkError):
    """The one error a reader of foreign bytes may raise.

    Attributes:
        reason: which of the named reasons.
        detail: an addition for the coordinator's list, such as a version; never any content.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.words)
        self.reason = reason
        self.detail = detail


_SENTENCES = {
    Reason.INCOMPLETE: lambda: _("This file is cut short. It may still be on its way."),
    Reason.NO_KEY: lambda: _(
        "This file is not from this team, or its key has not come to this laptop yet."
    ),
    Reason.BAD_SIGNATURE: lambda: _(
        "This file was changed after it was written, or is forged: its signature does not fit."
    ),
    Reason.UNKNOWN_LAPTOP: lambda: _(
        "It was written by a laptop that the coordinator has not let in."
    ),
    Reason.AFTER_CUTOFF: lambda: _(
        "It was written on a laptop that had been taken out of the team."
    ),
    Reason.GAP: lambda: _("It waits for an earlier bundle that has not arrived yet."),
    Reason.FORK: lambda: _(
        "This bundle was written twice, with different content. The coordinator settles it."
    ),
    Reason.TOO_NEW: lambda: _("It needs a newer version of Tandem on this laptop."),
    Reason.TOO_LARGE: lambda: _("This file is too large."),
    Reason.NO_PERMISSION: lambda: _("It contains a record that its author may not write."),
    Reason.FUTURE: lambda: _(
        "Its date is more than 24 hours in the future. Please check the clocks of both laptops."
    ),
    Reason.DAMAGED: lambda: _("It comes from a laptop of the team, and its content is damaged."),
}

_TO_DO = {
    Reason.INCOMPLETE: lambda: _(
        "It is read again every time you share. Whoever holds it whole puts it right when their "
        "laptop next shares: there is nothing you need do."
    ),
    Reason.NO_KEY: lambda: _(
        "If it is your team's, it opens once the new key has come: share with the team folder. "
        "If somebody else put it there, it does no harm; it can be taken out of the folder."
    ),
    Reason.BAD_SIGNATURE: lambda: _(
        "The laptop that wrote it puts the right one in its place when it next shares, and that "
        "one comes in. If it is still here in a week, tell your coordinator."
    ),
    Reason.UNKNOWN_LAPTOP: lambda: _(
        "It comes in by itself once the coordinator has let that laptop in. Ask whose it may be; "
        "if nobody knows, leave it."
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
        "The coordinator settles it on Import: both are kept. It then comes in by itself."
    ),
    Reason.TOO_NEW: lambda: _(
        "Ask for the newer Tandem on this laptop. It comes in when you first share after that."
    ),
    Reason.TOO_LARGE: lambda: _(
        "Tandem never writes a file so large. Ask who put it into the folder; it can be taken out."
    ),
    Reason.NO_PERMISSION: lambda: _(
        "Ask its author: people of their role may not write it. It is tried again whenever you "
        "share."
    ),
    Reason.FUTURE: lambda: _(
        "Have the clock of both laptops put right. It comes in by itself a day after it came here, "
        "or as soon as others have written later than it."
    ),
    Reason.DAMAGED: lambda: _(
        "Show this page to your coordinator. It is tried again whenever you share, and comes in if "
        "a sound one turns up or a newer Tandem can read it."
    ),
}

_COORDINATOR_DOES: Mapping[Reason, Callable[[], str]] = {
    Reason.BAD_SIGNATURE: lambda: _(
        "The laptop that wrote it puts the right one in its place when it next shares, and that "
        "one comes in. If it is still here in a week, ask everybody to share."
    ),
    Reason.UNKNOWN_LAPTOP: lambda: _(
        "It comes in by itself once you have let that laptop in. Ask whose it may be; if nobody "
        "knows, leave it."
    ),
    Reason.AFTER_CUTOFF: lambda: _(
        "Decide on Team whether what that laptop wrote after it was taken out counts. Until then "
        "it stays here."
    ),
    Reason.GAP: lambda: _(
        "It comes in by itself once the earlier one is here: ask that laptop's owner to share. If "
        "nobody has it any more, you can give it up, and this one then comes in."
    ),
    Reason.FORK: lambda: _("Settle it on Import: both are kept. It then comes in by itself."),
    Reason.DAMAGED: lambda: _(
        "It is tried again whenever you share, and comes in if a sound one turns up or a newer "
        "Tandem can read it."
    ),
}
"""The same, as it is said to whoever coordinates."""

_STAYS_OUT: Mapping[Reason, Callable[[int], str]] = {
    Reason.INCOMPLETE: lambda n: ngettext(
        "%(n)d file is not whole yet. It is read again at every look.",
        "%(n)d files are not whole yet. They are read again at every look.",
        n,
    ),
    Reason.NO_KEY: lambda n: ngettext(
        "%(n)d file is not from this team, or its key has not come yet. It stays out.",
        "%(n)d files are not from this team, or their key has not come yet. They stay out.",
        n,
    ),
    Reason.BAD_SIGNATURE: lambda n: ngettext(
        "%(n)d file was changed after it was written, or is forged. It stays out.",
        "%(n)d files were changed after they were written, or are forged. They stay out.",
        n,
    ),
    Reason.UNKNOWN_LAPTOP: lambda n: ngettext(
        "%(n)d file is by a laptop the coordinator has not let in. It stays out.",
        "%(n)d files are by a laptop the coordinator has not let in. They stay out.",
        n,
    ),
    Reason.AFTER_CUTOFF: lambda n: ngettext(
        "%(n)d file is by a laptop that had been taken out of the team. It stays out.",
        "%(n)d files are by a laptop that had been taken out of the team. They stay out.",
        n,
    ),
    Reason.FORK: lambda n: ngettext(
        "%(n)d bundle was written twice. The second stays out until that is settled.",
        "%(n)d bundles were written twice. The second ones stay out until that is settled.",
        n,
    ),
    Reason.TOO_NEW: lambda n: ngettext(
        "%(n)d file needs a newer Tandem on this laptop. It stays out until then.",
        "%(n)d files need a newer Tandem on this laptop. They stay out until then.",
        n,
    ),
    Reason.FUTURE: lambda n: ngettext(
        "%(n)d file is dated far ahead. It stays out for now: please check the clocks.",
        "%(n)d files are dated far ahead. They stay out for now: please check the clocks.",
        n,
    ),
}

_THERE: Mapping[Reason, Callable[[], str]] = {
    Reason.INCOMPLETE: lambda: _("cut short on its way; it is put right from here"),
    Reason.NO_KEY: lambda: _("its key has not come there yet"),
    Reason.BAD_SIGNATURE: lambda: _("altered on its way; it is put right from here"),
    Reason.UNKNOWN_LAPTOP: lambda: _("this laptop is not on the list of people there yet"),
    Reason.AFTER_CUTOFF: lambda: _(
        "written after this laptop was taken out; the coordinator decides"
    ),
    Reason.GAP: lambda: _("it waits for an earlier bundle"),
    Reason.FORK: lambda: _("written twice; the coordinator settles it"),
    Reason.TOO_NEW: lambda: _("that laptop needs a newer Tandem"),
    Reason.TOO_LARGE: lambda: _("too large"),
    Reason.NO_PERMISSION: lambda: _("its author may not write it"),
    Reason.FUTURE: lambda: _("dated far ahead; check the clock of this laptop"),
    Reason.DAMAGED: lambda: _("damaged"),
}
