# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading a bundle that was let in: which of its changes count here.

Rules, each with a test:

* Whether its author may write a form is asked of our own forms and of the roster the bundle
  names; what the bundle says of itself is no answer.
* A change travels in the section of its form's audience, or of one the form may be narrowed to.
* What may not be written is left out and listed; the rest counts, or one mistake would stop a
  laptop for ever.
* Keeping and erasing is decided by whoever decides about the audience, and by nobody else.
* A change that was erased counts for nothing and keeps its number.
* A form this version does not know is kept as it came.
* A section without a key is noted and read when the key comes. A section that cannot be read, or
  that a newer Tandem wrote, is noted too; the bundle itself still counts as seen.
* No change is later than its bundle: a clock set ahead wins nothing.
"""

from dataclasses import dataclass, field
from sys import intern

from desktop_app.casework.audience import AUDIENCES, fits, may_write
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Role
from desktop_app.casework.records import Change
from desktop_app.casework.retention import REPACKED, RETENTION
from sync.bundle import Contents, read_section
from sync.order import Staged
from sync.reasons import Reason, SetAside
from sync.seat import Seat
from sync.wire import ERASED, PUT, READER

_KNOWN = (PUT, ERASED)
WHOLE, PARTLY, TOO_NEW, DAMAGED = range(4)
"""How much of a bundle was read, as the ledger keeps it."""


@dataclass(slots=True)
class Reading:
    """What a bundle brings.

    Attributes:
        changes: what counts.
        refused: what its author may not write.
        unread: audiences whose section could not be read, for want of a key or otherwise.
        state: how much was read.
    """

    changes: list[Change] = field(default_factory=list)
    refused: list[Change] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    state: int = WHOLE


def without_content(one: Staged) -> Reading:
    """Return a bundle as seen and not read: its content made something go wrong."""
    return Reading(unread=[entry.audience for entry in one.header.secs], state=DAMAGED)


@dataclass(slots=True)
class Reader:
    """Reads bundles for one seat; remembers what it has looked up."""

    seat: Seat
    _roles: dict[tuple[str, int], frozenset[Role]] = field(default_factory=dict)
    _allowed: dict[tuple[str, str, frozenset[Role]], bool] = field(default_factory=dict)

    def read(self, one: Staged, audiences: frozenset[str] | None = None) -> Reading:
        """Read a bundle, or only its sections for some audiences."""
        reading = Reading()
        header = one.header
        if header.min_reader > READER:
            reading.state = TOO_NEW
            reading.unread = [entry.audience for entry in header.secs]
            return reading
        for index, entry in enumerate(header.secs):
            if audiences is None or entry.audience in audiences:
                self._section(one, index, reading)
        return reading

    def _section(self, one: Staged, index: int, reading: Reading) -> None:
        audience = one.header.secs[index].audience
        key = self.seat.key_for(one.opened, index)
        if key is None:
            reading.unread.append(audience)
            reading.state = max(reading.state, PARTLY)
            return
        try:
            contents = read_section(one.opened, index, key)
            if any(op.kind not in _KNOWN for op in contents.ops):
                raise SetAside(Reason.TOO_NEW)
        except SetAside as wrong:
            reading.unread.append(audience)
            newer = wrong.reason is Reason.TOO_NEW
            reading.state = max(reading.state, TOO_NEW if newer else DAMAGED)
            return
        self._changes(one, audience, contents, reading)

    def _changes(self, one: Staged, audience: str, contents: Contents, reading: Reading) -> None:
        number, seq, latest = one.number, one.header.seq, one.header.ts_last
        first_at, changes, refused = contents.first_at, reading.changes, reading.refused
        roles = self._roles_of(one)
        allowed: dict[str, bool] = {}
        for idx, op in enumerate(contents.ops):
            if op.kind == ERASED:
                continue  # its place stays: the numbers of the others count from it
            form, record = intern(op.form), op.record  # thousands of the same few names
            if form not in allowed:
                may = self._may(form, audience, roles)
                allowed[form] = may and self._decides(form, audience, one)
            at = first_at + op.later
            change = Change(
                form,
                record,
                record if op.client is None else op.client,
                audience,
                at if at < latest else latest,
                number,
                seq,
                idx,
                op.answers,
            )
            (changes if allowed[form] else refused).append(change)

    def _decides(self, form: str, audience: str, one: Staged) -> bool:
        """Say whether a bundle's author decides about an audience, where a form asks for that."""
        if form not in (RETENTION, REPACKED):
            return True
        about = AUDIENCES if form == REPACKED else (audience,)
        roster, n = self.seat.roster, one.header.roster_n
        return any(roster.decides(one.device, each, n) for each in about)

    def _roles_of(self, one: Staged) -> frozenset[Role]:
        asked = (one.person, one.header.roster_n)
        if asked not in self._roles:
            self._roles[asked] = self.seat.roster.roles_at(*asked)
        return self._roles[asked]

    def _may(self, name: str, audience: str, roles: frozenset[Role]) -> bool:
        asked = (name, audience, roles)
        if asked not in self._allowed:
            form = forms().get(name)
            self._allowed[asked] = form is None or (may_write(form, roles) and fits(form, audience))
        return self._allowed[asked]
