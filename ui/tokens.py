# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The numbers of the look: every colour, space and size there is, each under a name.

Nothing else in `ui` may name a colour. Rules, each with a test:

* Every table holds the same names.
* Every pair in `PAIRS` can be told apart in every table: 4.5 to 1 for words, 3 to 1 for edges.
* The high-contrast table has no soft tints: its chips and discs are drawn as outlines.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Scheme(StrEnum):
    """Which table of colours is worn."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tones(NamedTuple):
    """One colour in each scheme."""

    light: str
    dark: str
    contrast: str


COLOURS: Mapping[str, Tones] = MappingProxyType(
    {
        "window": Tones("#F3F5F7", "#12171C", "#000000"),
        "surface": Tones("#FFFFFF", "#1B2229", "#000000"),
        "sunken": Tones("#E9EDF1", "#252E37", "#2B2B2B"),
        "rail": Tones("#17324D", "#0D1217", "#000000"),
        "rail_text": Tones("#D6E1EC", "#B5C1CC", "#FFFFFF"),
        "rail_active": Tones("#24496D", "#22394F", "#003C66"),
        "rail_active_text": Tones("#FFFFFF", "#FFFFFF", "#FFFFFF"),
        "rail_mark": Tones("#7FB6E8", "#7FB6E8", "#FFE14D"),
        "line": Tones("#D8DEE4", "#323D48", "#8C8C8C"),
        "control": Tones("#76828E", "#7F8C99", "#FFFFFF"),
        "text": Tones("#17212B", "#E7ECF0", "#FFFFFF"),
        "muted": Tones("#4F5D6B", "#A5B1BC", "#E6E6E6"),
        "disabled": Tones("#8A949E", "#6E7A86", "#A6A6A6"),
        "accent": Tones("#14599C", "#2C71B8", "#66C7FF"),
        "accent_hover": Tones("#0F4679", "#245F9C", "#A6DFFF"),
        "accent_text": Tones("#FFFFFF", "#FFFFFF", "#000000"),
        "accent_soft": Tones("#E3EEF8", "#1D3852", "#003C66"),
        "link": Tones("#14599C", "#8CC1F5", "#66C7FF"),
        "focus": Tones("#14599C", "#8CC1F5", "#FFE14D"),
        "select": Tones("#D9E8F6", "#223E59", "#003C66"),
        "ok": Tones("#176A3A", "#86D6A3", "#7CF29C"),
        "ok_soft": Tones("#E2F2E8", "#173626", "#000000"),
        "warn": Tones("#7A4A00", "#F2C46D", "#FFCF5C"),
        "warn_soft": Tones("#FCEFD3", "#3B2D10", "#000000"),
        "bad": Tones("#A4201B", "#F7A29B", "#FF9C94"),
        "bad_soft": Tones("#FBE6E4", "#452120", "#000000"),
        "info": Tones("#17507F", "#96C6F2", "#8CCBFF"),
        "info_soft": Tones("#E3EEF8", "#1B3650", "#000000"),
        "custody": Tones("#5B2C87", "#CFB0F0", "#DDB8FF"),
        "custody_soft": Tones("#F0E8F8", "#33264A", "#000000"),
        "neutral": Tones("#414D59", "#C3CCD5", "#FFFFFF"),
        "neutral_soft": Tones("#E9EDF1", "#2B353F", "#000000"),
    }
)

CHIP_TONES = ("ok", "warn", "bad", "info", "custody", "neutral")
"""Meanings a chip, disc or banner can have; each has a colour and a soft ground."""

WORDS, EDGES = 4.5, 3.0
"""Smallest contrast of words and of edges and marks (WCAG 2.2, 1.4.3 and 1.4.11)."""

PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("text", ground, WORDS) for ground in ("window", "surface", "sunken", "select")),
    *(("muted", ground, WORDS) for ground in ("window", "surface", "sunken", "select")),
    *(("link", ground, WORDS) for ground in ("window", "surface", "sunken", "select")),
    *(("control", ground, EDGES) for ground in ("window", "surface", "accent_soft", "bad_soft")),
    *(("focus", ground, EDGES) for ground in ("window", "surface", "select", "accent_soft")),
    ("accent_text", "accent", WORDS),
    ("accent_text", "accent_hover", WORDS),
    ("accent", "surface", EDGES),
    ("rail_text", "rail", WORDS),
    ("rail_active_text", "rail_active", WORDS),
    ("rail_active_text", "rail", WORDS),
    ("rail_mark", "rail_active", EDGES),
    *((tone, f"{tone}_soft", WORDS) for tone in CHIP_TONES),
    *((tone, "surface", WORDS) for tone in CHIP_TONES),
    *(("text", f"{tone}_soft", WORDS) for tone in (*CHIP_TONES, "accent")),
    *(("muted", f"{tone}_soft", WORDS) for tone in (*CHIP_TONES, "accent")),
    *(("link", f"{tone}_soft", WORDS) for tone in ("info", "neutral")),
)
"""(words or edge, ground, smallest contrast) of everything that is drawn upon something."""

POINTS: Mapping[str, float] = MappingProxyType(
    {"small": 9.0, "body": 10.0, "h3": 11.5, "h2": 14.0, "h1": 17.0}
)
"""Type sizes in points, before the reader's own text size."""

SMALLEST_TEXT, LARGEST_TEXT = 0.9, 1.5
"""The reader's own text size, as a factor."""

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""Spaces between things. They do not grow with the text: room is what large text needs."""

FRAME_MS = 16
"""What was painted is on the screen after so many milliseconds; what is not needed for it waits."""

RADIUS_CONTROL, RADIUS_TINT, RADIUS_CARD = 6, 8, 10
"""Corners of controls, of tinted rows and boxes, of cards. Chips are round."""

CONTROL, SMALL_CONTROL, SMALLEST_TARGET = 32, 26, 24
"""Heights of controls at text size 1; they grow with the text."""

RAIL_WIDE, RAIL_SLIM, SLIM_BELOW, LOW_BELOW = 188, 56, 1180, 640
"""Width of the rail, and the window width and height below which a window is small."""


def contrast(one: str, other: str) -> float:
    """Return how far two colours (`#RRGGBB`) stand apart, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
