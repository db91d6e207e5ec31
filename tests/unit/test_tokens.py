# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The token table can be read by everybody, in all three schemes."""

import pytest

from ui.tokens import CHIP_TONES, COLOURS, PAIRS, Scheme, contrast


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(("mark", "ground", "least"), PAIRS)
def test_every_pair_can_be_told_apart(mark: str, ground: str, least: float, scheme: Scheme) -> None:
    apart = contrast(getattr(COLOURS[mark], scheme), getattr(COLOURS[ground], scheme))
    assert apart >= least, f"{mark} on {ground} in {scheme}: {apart:.2f}"


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_high_contrast_words_stand_out_at_least_seven_to_one() -> None:
    for mark in ("text", "muted", "link", *CHIP_TONES):
        assert contrast(COLOURS[mark].contrast, COLOURS["surface"].contrast) >= 7, mark


def test_high_contrast_has_no_soft_tints() -> None:
    for tone in CHIP_TONES:
        assert COLOURS[f"{tone}_soft"].contrast == COLOURS["surface"].contrast
