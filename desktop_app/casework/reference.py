# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A client's reference, such as "OR-4F7K2": short enough to say over the phone.

It is worked out from the record, not given out, so that two laptops that have never met cannot
give the same one to two people by counting. Rules, each with a test:

* No figure and letter that look or sound alike stand in it, and no vowel: it never spells a word.
* Five places make 17 million: among 5,000 clients even odds of one pair alike, among 500 one in a
  hundred and thirty. It helps to find a client; the record's own id is what identifies.
* However it is typed (small letters, no dash, spaces, the letter o for nought), it is read alike.
"""

from desktop_app.casework.records import RecordId

PREFIX = "OR-"
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
PLACES = 5


def reference(client: RecordId) -> str:
    """Return the reference of a client's record."""
    number = int.from_bytes(client[-6:], "big") % len(ALPHABET) ** PLACES
    letters = []
    for _place in range(PLACES):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return PREFIX + "".join(reversed(letters))


def typed_reference(text: str) -> str:
    """Return a typed reference as we write it; empty when the text is not one."""
    letters = "".join(one for one in text.upper() if one.isalnum())
    if letters[:2] in ("OR", "0R") and len(letters) == PLACES + 2:
        letters = letters[2:]
    if len(letters) != PLACES or any(one not in ALPHABET for one in letters):
        return ""
    return PREFIX + letters
