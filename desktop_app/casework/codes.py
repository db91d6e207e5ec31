# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Code lists: the answers a form offers, shipped as data in resources/codes.

Rules, each with a test:

* A code is never deleted and never reused; it is retired on a day and keeps its label for ever.
* The code of an outside body (NDTMS, NOMIS) stands beside ours, in `external`.
* Codes marked `made_up` (invented prisons) are offered in a made-up team only.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from desktop_app.casework.errors import FormError
from desktop_app.casework.words import _
from resources import folder

TONES = ("ok", "warn", "bad", "info", "custody", "neutral")


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer a form offers.

    Attributes:
        code: ours; stored in answers.
        label: what a person reads.
        short: a shorter label for tight places; empty when the label is short enough.
        external: the code of an outside list, where there is one.
        since: first day it may be given, ISO; empty for always.
        retired: first day it is no longer offered, ISO; empty while in use.
        tone: how a chip looks: one of `TONES`.
        icon: the chip's icon; empty for none.
        made_up: invented, for practice; never offered to a real team.
        group: heading it stands under in long lists.
    """

    code: str
    label: str
    short: str = ""
    hint: str = ""
    external: str = ""
    since: str = ""
    retired: str = ""
    tone: str = "neutral"
    icon: str = ""
    made_up: bool = False
    group: str = ""


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A list of answers, as its file in resources/codes says.

    Attributes:
        title: what the list is of.
        source: where the codes come from, and how sure we are.
        code: its choices, in the order they are offered.
    """

    title: str
    code: tuple[Choice, ...]
    source: str = ""

    def find(self, code: str) -> Choice | None:
        """Return the choice of a code, retired ones too; None when the list never had it."""
        return self._by_code().get(code)

    def label(self, code: str) -> str:
        """Return what a person reads for a code; a code from a newer Tandem is shown as it is."""
        found = self.find(code)
        return _(found.label) if found else code

    def choices(self, on: str, *, made_up: bool = False) -> tuple[Choice, ...]:
        """Return what is offered on a day.

        Args:
            on: the day, ISO.
            made_up: whether this is a made-up team, which is offered the invented codes as well.
        """
        return tuple(
            one
            for one in self.code
            if one.since <= on
            and (not one.retired or on < one.retired)
            and (made_up or not one.made_up)
        )

    def _by_code(self) -> Mapping[str, Choice]:
        if "by_code" not in self.__dict__:
            self.__dict__["by_code"] = {one.code: one for one in self.code}
        by_code: Mapping[str, Choice] = self.__dict__["by_code"]
        return by_code


@cache
def codes(name: str) -> CodeList:
    """Return a shipped code list.

    Raises:
        FormError: there is no such list, or its file is not in order.
    """
    place = folder("codes") / f"{name}.toml"
    try:
        found = msgspec.toml.decode(place.read_bytes(), type=CodeList)
    except (OSError, msgspec.MsgspecError) as error:
        raise FormError(f"Code list {name}: {error}") from error
    seen = [one.code for one in found.code]
    twice = {code for code in seen if seen.count(code) > 1}
    wrong = [one.code for one in found.code if one.tone not in TONES]
    if twice or wrong:
        raise FormError(f"Code list {name}: codes twice {sorted(twice)}, unknown tone {wrong}")
    return found


@cache
def names() -> tuple[str, ...]:
    """Return the name of every shipped code list."""
    return tuple(
        sorted(
            place.name.removesuffix(".toml")
            for place in folder("codes").iterdir()
            if place.name.endswith(".toml") and place.name != "nicknames.toml"
        )
    )
