# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The square code of the recovery page, read off the finished page, says its words."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.reports.recovery_page import recovery_page
from storage import recovery
from storage.secret import word_list
from tests.unit.scanner import QUARTILE, Grid, painted, scanned

DAY = date(2026, 11, 23)
WORDS = recovery.words_of(bytearray(range(16)))
LONGEST = tuple(sorted(word_list(), key=len)[-12:])
SHORTEST = tuple(sorted(word_list(), key=len)[:12])


def printed(words: Sequence[str], *, team: str = "") -> Grid:
    """Return the code of a page."""
    pages = PdfReader(BytesIO(recovery_page(words, laptop="2", team=team, day=DAY))).pages
    contents = pages[-1].get_contents()
    assert contents is not None
    return painted(contents.get_data().decode("latin-1"))


@pytest.mark.parametrize("words", [WORDS, LONGEST, SHORTEST], ids=["usual", "longest", "shortest"])
def test_it_says_the_words_in_their_order(words: Sequence[str]) -> None:
    assert scanned(printed(words))[0] == " ".join(words)


def test_what_it_says_is_the_recovery_key_itself() -> None:
    said, _level = scanned(printed(WORDS, team="Saltings"))
    assert recovery.seed_of(said) == bytes(range(16))


def test_a_quarter_of_it_may_be_lost() -> None:
    assert scanned(printed(WORDS))[1] == QUARTILE


def test_the_scanner_would_notice_another_square() -> None:
    grid = printed(WORDS)
    middle = len(grid) // 2
    grid[middle + 5][middle + 7] ^= True
    with pytest.raises(AssertionError, match="does not fit its check"):
        scanned(grid)
