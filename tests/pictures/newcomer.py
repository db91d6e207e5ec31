# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a casebook that is not all here yet: while it arrives, and after a stop."""

from sync.arriving import Here
from tests.pictures.doings import Draws
from ui.arriving_bar import ArrivingBar
from ui.open_casebook import OpenCasebook
from ui.places import Place


def draw_arriving(gallery: Draws, book: OpenCasebook) -> None:
    """Draw the bar above Today and Clients, and on the doorstep."""
    (bar,) = book.frame.findChildren(ArrivingBar)

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    states = (
        ("today", "arriving", Here(42_000, 1_000_000, 190.0), True),
        ("clients", "arriving_begun", Here(), True),
        ("clients", "arriving_stopped", Here(420_300, 1_000_000), False),
    )
    for page, name, here, running in states:
        gallery.go(book, Place(page))
        bar._show(here)
        bar._run(running)
        gallery.draw(book.frame, f"key_worker_{name}", settle=settled, more=False)
    bar._show(None)
