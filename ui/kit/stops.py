# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the keyboard stops: which things of a window Tab comes to, and in which order.

Left to itself Qt also stops at a thing that hands its focus on to another, and so goes back to that
other one: from a row of choices to its first choice, for ever; from the top bar straight to a list,
past whatever stands above the list. Such a thing is passed over here.
"""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QWidget

MOST = 10_000
"""Things looked at before giving up: more than any window holds."""


def first_stop(part: QWidget) -> QWidget | None:
    """Return the first thing in a part that can be reached with Tab and is shown; or None."""
    return next((one for one in part.findChildren(QWidget) if _is_stop(one)), None)


def next_stop(here: QWidget, *, forward: bool) -> QWidget | None:
    """Return where Tab, or Shift+Tab, goes to from a thing; None when there is nowhere else."""
    one, window = here, here.window()
    for _step in range(MOST):
        other = one.nextInFocusChain() if forward else one.previousInFocusChain()
        if other is None or other is here:
            return None
        one = other
        if window.isAncestorOf(one) and _is_stop(one):
            return one
    return None


def handed_on(here: QWidget, page: QWidget, otherwise: QWidget) -> QWidget:
    """Return where the keyboard goes when what had it is hidden or disabled.

    Left to itself Qt goes on to whatever comes next in the window: after the end of a page that is
    the lock, and the next Space would lock.

    Args:
        here: what had it.
        page: where it stays: on the next stop, else on the first, else on the page itself.
        otherwise: where it goes when the page hands on what it is given to something hidden.
    """
    following = next_stop(here, forward=True)
    if following is not None and page.isAncestorOf(following):
        return following
    first = first_stop(page)
    return first if first is not None else otherwise if hands_on(page) else page


def _is_stop(one: QWidget) -> bool:
    """Say whether Tab stops here; of choices that exclude each other, at the chosen one alone."""
    if not _takes_tab(one):
        return False
    parent = one.parentWidget()
    grouped = isinstance(one, QAbstractButton) and one.autoExclusive() and not one.isChecked()
    if parent is None or not grouped:
        return True
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    others = parent.findChildren(QAbstractButton, options=direct)
    choices = [each for each in others if each.autoExclusive() and _takes_tab(each)]
    chosen = any(each.isChecked() for each in choices)
    return not chosen and one is choices[0]


def hands_on(one: QWidget) -> bool:
    """Say whether a thing hands its focus on to another.

    Only what was made here is asked: `focusProxy()` of one of Qt's inner parts, such as the
    headings of a table, makes PySide believe that they are ours, and take them apart.
    """
    if shiboken6.createdByPython(one):
        proxy: QWidget | None = one.focusProxy()
        return proxy is not None
    return isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))


def _takes_tab(one: QWidget) -> bool:
    policy = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and one.isEnabled() and one.isVisible() and not hands_on(one)
