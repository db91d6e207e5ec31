# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tab order for what is added later: Qt puts a new widget last, however early it stands."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.kit.stops import hands_on


def chain(stops: Sequence[QWidget], *, end: QWidget) -> None:
    """Let Tab go through `stops` in this order, and then to `end`, which stands where it stood."""
    before = end.previousInFocusChain()
    while before is not None and before is not end and (before in stops or not _is_stop(before)):
        before = before.previousInFocusChain()
    outside = [] if before is None or before is end else [before]
    for one, other in pairwise([*outside, *stops, end]):
        QWidget.setTabOrder(one, other)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not hands_on(widget)
