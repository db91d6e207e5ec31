# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Extracts of the audit: signed by the laptop they were taken out on, to be relied on later.

    line = "tandem-extract-1" | public key (hex) | signature (hex)

What is signed is exactly the bytes of the table, with a name for the purpose in front, so that no
other signature of Tandem's can pass for one of an extract. Rules, each with a test:

* One altered byte of the table, or of the line, and it does not verify.
* A signature is worth something only if a laptop of the team made it: whose it was is said.
"""

from sync.roster import Laptop, Roster
from sync.seals import signed_by
from sync.seat import Seat

BEGINS = "tandem-extract-1"
ENDING = ".sig"
"""What the file with the line is called: the table's name and this."""
_PURPOSE = b"tandem/extract/1\0"


class NotSigned(ValueError):
    """The line is no signature of this table by a laptop of the team."""


def sign_extract(seat: Seat, table: bytes) -> str:
    """Return the line that signs a table."""
    signature = seat.me.sign(_PURPOSE + table)
    return f"{BEGINS} {seat.me.public.sign.hex()} {signature.hex()}"


def signed_on(roster: Roster, table: bytes, said: str) -> Laptop:
    """Return the laptop of the team that signed a table, taken out of it or not since.

    Raises:
        NotSigned: none did.
    """
    begins, _space, rest = said.strip().partition(" ")
    key, _space, signature = rest.partition(" ")
    try:
        public, signed = bytes.fromhex(key), bytes.fromhex(signature)
    except ValueError:
        raise NotSigned from None
    if begins != BEGINS or len(public) != 32 or len(signed) != 64:
        raise NotSigned
    laptop = next((one for one in roster.devices if one.sign == public), None)
    if laptop is None or not signed_by(public, _PURPOSE + table, signed):
        raise NotSigned
    return laptop
