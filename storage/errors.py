# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What may go wrong with a vault: each in a sentence of its own, so that nobody is misled.

No text here holds a key, a passphrase, a path or anything of the casework.
"""

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _


class VaultError(CaseworkError):
    """Something is the matter with the vault or the disk it lies on."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text or self.usual())

    @staticmethod
    def usual() -> str:
        """Return what to say when there is nothing more exact to say."""
        return _("The casebook on this laptop cannot be used just now. Nothing in it was changed.")


class WrongPassphrase(VaultError):
    """The words do not open this vault."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "These words do not open this casebook. Nothing is lost: check their spelling and "
            "order, and try again."
        )


class TooSoon(VaultError):
    """Wrong words were tried a moment ago."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _("The words just tried were wrong. Wait a moment, then try again.")


class NotRekeyed(VaultError):
    """The vault has the key it had before."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "The casebook could not be written anew, so it has the key it had, and opens as "
            "before. It needs as much free space as the casebook is large. Free some, then try "
            "again."
        )


class WeakPassphrase(VaultError):
    """The words chosen could be guessed."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "These words could be guessed by somebody who has the laptop, so nothing was changed. "
            "Take the generated words, or at least five that have nothing to do with each other."
        )


class WrongRecovery(VaultError):
    """The recovery words were misread, or are those of another key."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "These recovery words are whole, but they belong to another casebook. Nothing was "
            "changed. Look for this team's paper, or for this laptop's own."
        )


class NoRecovery(VaultError):
    """The vault has no recovery key."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This casebook has no recovery key, so nothing was done. Make one first and keep its "
            "words on paper."
        )


class NotBackedUp(VaultError):
    """No backup was made; what was there before is there still."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "No backup was made: it could not be written there. Your casebook is as it was, and so "
            "are earlier backups. Choose another folder, or try again."
        )


class NotRestored(VaultError):
    """Nothing was put back; what was there before is there still."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _("This backup is not whole, so nothing was put back. Try an earlier one.")


class NotRepaired(VaultError):
    """Nothing was repaired; what was there before is there still."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "Too much of this casebook is damaged, so nothing was changed. Restore it from a "
            "backup; what was shared is safe with your team."
        )


class VaultDamaged(VaultError):
    """The vault's files are incomplete, altered, or not a vault."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This casebook is damaged. What was shared is safe with your team; nothing was deleted "
            "here. Do not copy or remove its files, and tell your coordinator."
        )


class VaultInUse(VaultError):
    """Another Tandem has it open."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _("This casebook is already open in another Tandem window. Close that one first.")


class VaultOlder(VaultError):
    """It is an earlier state of itself: work was saved or shared that it no longer holds."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This casebook is older than your team has seen, so nothing was saved or sent. What "
            "was shared is safe with your team. Read on as you like; to write, go on from here: "
            "Sharing says how."
        )


class VaultNewer(VaultError):
    """A newer Tandem wrote it."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This casebook was last used with a newer Tandem. Nothing in it was changed. "
            "Open it with that version, or a later one."
        )


class VaultMisplaced(VaultError):
    """It lies where files change behind Tandem's back."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _("A casebook cannot be kept in this folder. Choose one on this laptop's own disk.")


class VaultMissing(VaultError):
    """There is no vault in that folder."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _("There is no casebook in this folder. Nothing was made in its place.")


class LaptopFull(VaultError):
    """The disk has no room left."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This laptop's disk is full, so nothing was saved just now. All that was saved before "
            "is safe. Free some space, then save again."
        )


class LaptopRefuses(VaultError):
    """The disk, or somebody's rules, would not let the vault be read or written."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This laptop would not let Tandem read or write the casebook. All that was saved "
            "before is safe. Try again; if it goes on, tell whoever looks after the laptop."
        )


class NotEnoughMemory(VaultError):
    """The passphrase cannot be checked with the memory that is free."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "There is not enough free memory to check the passphrase. Close other programs and "
            "try again."
        )


class UnsafeBuild(VaultError):
    """This copy of Tandem is not put together the way a vault needs it."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _(
            "This copy of Tandem lacks a part that keeps casebooks safe, so it opened nothing. "
            "Ask for it to be installed again."
        )


class NotJoined(VaultError):
    """The vault belongs to no team yet, so a change would have no place in history."""

    @staticmethod
    def usual() -> str:
        """Return the sentence."""
        return _("This laptop has not joined a team yet, so nothing was saved. Join first.")
