# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What protects a laptop, and who holds it: said in resources/told/protection.toml."""

from enum import StrEnum
from functools import cache

import msgspec

from desktop_app.casework.words import _
from resources import folder


class HeldBy(StrEnum):
    """What enforces something: mathematics, our own program, or nothing at all."""

    KEYS = "keys"
    PROGRAM = "program"
    NOBODY = "nobody"

    @property
    def words(self) -> str:
        """Return the heading over such sentences."""
        return {
            HeldBy.KEYS: _("Held by keys"),
            HeldBy.PROGRAM: _("Held by this program"),
            HeldBy.NOBODY: _("Held by nobody"),
        }[self]

    @property
    def meaning(self) -> str:
        """Return what that means, in one sentence."""
        return {
            HeldBy.KEYS: _("True whatever program is used, and whoever tries."),
            HeldBy.PROGRAM: _(
                "True while Tandem is what runs. Another program need not keep to it."
            ),
            HeldBy.NOBODY: _("Not prevented. Only people can see to it."),
        }[self]


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is held, or is not.

    Attributes:
        held_by: what enforces it.
        says: what is true.
        why: by what it is held, or what to do instead.
        measured: a figure that was measured of it; empty for none.
    """

    held_by: HeldBy
    says: str
    why: str
    measured: str = ""


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sentence: tuple[Sentence, ...]


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return every sentence, in order."""
    raw = (folder("told") / "protection.toml").read_bytes()
    return msgspec.toml.decode(raw, type=_Told).sentence


def held_by(what: HeldBy) -> list[Sentence]:
    """Return the sentences that one thing holds."""
    return [one for one in sentences() if one.held_by is what]
