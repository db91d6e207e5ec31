# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Alt letters: which letter of each label leads to its field."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


def with_letters(labels: Sequence[str], *, taken: Iterable[str] = ()) -> list[str]:
    """Return the labels with `&` before their Alt letter, each letter used once.

    The first letter of a word is preferred to one inside; where every letter of a label is in use,
    it goes without one. A `&` that belongs to a label is doubled, as Qt asks.

    Args:
        labels: in the order of the page; earlier ones choose first.
        taken: letters that buttons of the page already use.
    """
    used = {letter.casefold() for letter in taken}
    marked = []
    for text in labels:
        at = _free(text, used)
        if at is None:
            marked.append(text.replace("&", "&&"))
            continue
        used.add(text[at].casefold())
        before, after = text[:at].replace("&", "&&"), text[at:].replace("&", "&&")
        marked.append(f"{before}&{after}")
    return marked


def letters_on(place: QWidget, *, but: QWidget | None = None) -> str:
    """Return the Alt letters that buttons and labels in some place use, one part of it left out."""
    marked: list[QAbstractButton | QLabel] = [*place.findChildren(QAbstractButton)]
    marked += [one for one in place.findChildren(QLabel) if one.buddy() is not None]
    shown = [
        QKeySequence.mnemonic(one.text()).toString()
        for one in marked
        if one.isVisibleTo(place) and not (but is not None and but.isAncestorOf(one))
    ]
    return "".join(keys[-1] for keys in shown if keys)


def _free(text: str, used: set[str]) -> int | None:
    initials = [at for at in range(len(text)) if at == 0 or not text[at - 1].isalnum()]
    places: list[int] = [*initials, *range(len(text))]
    for at in places:
        if text[at].isascii() and text[at].isalpha() and text[at].casefold() not in used:
            return at
    return None
