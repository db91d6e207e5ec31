# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Letters that deceive: those that look like others, and those that turn the reading direction.

Rules, each with a test:

* Two names that look the same on the screen have the same skeleton, whatever letters they are
  written in. It is used to warn, never to refuse: people have names in many alphabets.
* A name that reads from right to left is set apart, so that it cannot turn round the words and the
  numbers beside it.
* What somebody sends as their name is shown without the letters that would hide or turn anything.

The table holds the letters of the Greek, Cyrillic and Armenian alphabets whose capitals or small
letters look like Latin ones in Inter, and the two figures that do. It is ours, and shorter than the
Unicode Consortium's list (UTS 39), which no library we ship holds. What it does not tell apart from
each other: a small l and a capital I.
"""

import unicodedata
from typing import Final

START, END = "\u2068", "\u2069"
"""Isolates (UAX 9): what stands between them takes no part in the order of the words around."""
_FROM_RIGHT = ("R", "AL", "AN")
_CYRILLIC = dict(zip("авеёікмнорстухгѕјһԁԛԝьӏ", "abeeikmhopctyxrsjhdqwbl", strict=True))
_GREEK = dict(zip("αβεζηικμνορτυχϲϳ", "abezhikmnoptyxcj", strict=True))
_ARMENIAN = dict(zip("օսոհց", "ounhg", strict=True))  # noqa: RUF001
_LATIN = {"ɑ": "a", "ɡ": "g", "ı": "i", "ɩ": "i", "ʏ": "y", "ꜱ": "s", "0": "o", "1": "l"}  # noqa: RUF001
_LOOKS: Final = str.maketrans({**_CYRILLIC, **_GREEK, **_ARMENIAN, **_LATIN})
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_LIKE_A_FORMULA = "=+-@\t\r\n"
_SKIPPED = " \u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad\0"
"""Letters nobody sees, which a spreadsheet may pass over."""
_APART: Final = str.maketrans({START: None, END: None})


def skeleton(folded: str) -> str:
    """Return what a name looks like: the same for all that look the same.

    Args:
        folded: the name as names are compared.
    """
    return folded if folded.isascii() and folded.isalpha() else folded.translate(_LOOKS)


def set_apart(name: str) -> str:
    """Return a name as it may stand in running text: set apart when it reads from the right."""
    if name.isascii() or name.startswith(START):
        return name
    turns = any(unicodedata.bidirectional(one) in _FROM_RIGHT for one in name)
    return f"{START}{name}{END}" if turns else name


def without_marks(text: str) -> str:
    """Return text without what sets names apart: for paper and tables, which turn nothing."""
    return text if text.isascii() else text.translate(_APART)


def like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula."""
    # Excel takes the wide signs of Japanese keyboards for the plain ones, as NFKC does.
    begins = unicodedata.normalize("NFKC", text.lstrip(_SKIPPED))[:1]
    return bool(begins) and begins in _LIKE_A_FORMULA


def seen(said: str) -> str:
    """Return what somebody sent as their name without letters that hide or turn anything."""
    plain = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in said)
    return " ".join(unicodedata.normalize("NFC", plain).split())
