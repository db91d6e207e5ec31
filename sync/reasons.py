# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a file from the share could not be used, in one plain sentence each.

A file that cannot be used is set aside: kept, shown, tried again. It is never dropped, and it
never stops the others.
"""

from enum import StrEnum

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _


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
    Reason.INCOMPLETE: lambda: _("This file is incomplete. It will be tried again."),
    Reason.NO_KEY: lambda: _(
        "This file is not from this team, or this laptop has not received the current key."
    ),
    Reason.BAD_SIGNATURE: lambda: _(
        "The signature does not match. The file was changed after it was written."
    ),
    Reason.UNKNOWN_LAPTOP: lambda: _("Written by a laptop the coordinator does not know."),
    Reason.AFTER_CUTOFF: lambda: _("Written by a laptop after it was taken out of the team."),
    Reason.GAP: lambda: _("It waits for an earlier bundle that has not arrived yet."),
    Reason.FORK: lambda: _(
        "Two different versions of this bundle exist. The coordinator must decide."
    ),
    Reason.TOO_NEW: lambda: _("It needs a newer version of Tandem on this laptop."),
    Reason.TOO_LARGE: lambda: _("This file is too large."),
    Reason.NO_PERMISSION: lambda: _("It contains a record that its author may not write."),
    Reason.FUTURE: lambda: _(
        "Its date is more than 24 hours in the future. Please check the clocks of both laptops."
    ),
    Reason.DAMAGED: lambda: _("Damaged content from a known laptop. Please report it."),
}
