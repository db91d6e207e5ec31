# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The page with the recovery words: whole, on one page, and silent about whose it is."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.reports.recovery_page import recovery_page, recovery_sheet

LONGEST = ["mmmmmmmm"] * 12
DAY = date(2026, 11, 24)


@pytest.mark.parametrize("laptop", ["", "Outreach laptop 3", "A very long name " * 20])
def test_the_words_their_use_and_the_code_fit_on_one_page(laptop: str) -> None:
    raw = recovery_page(LONGEST, laptop=laptop, day=DAY)
    (page,) = PdfReader(BytesIO(raw)).pages
    text = page.extract_text()
    assert all(f"{n} mmmmmmmm" in text for n in range(1, 13))
    assert "tandem restore" in text
    assert "Tue 24 Nov 2026" in text


def test_the_code_is_drawn() -> None:
    (page,) = PdfReader(BytesIO(recovery_page(LONGEST, laptop="", day=DAY))).pages
    assert page.get_contents().get_data().count(b" re") > 400  # type: ignore[union-attr]


def test_the_file_says_nothing_of_whose_it_is() -> None:
    told = PdfReader(BytesIO(recovery_page(LONGEST, laptop="Ann's", day=DAY))).metadata
    assert told is not None
    assert (told.title, told.author, told.subject) == ("Recovery key", "Tandem", "")


def test_a_laptop_without_a_name_is_not_spoken_of() -> None:
    assert recovery_sheet(LONGEST, laptop="", day=DAY).banner == ()
