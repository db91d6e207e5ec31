# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The letters of paper: Inter, embedded, so that it looks the same where it is not installed."""

from functools import cache
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from resources import folder

PLAIN, STRONG, STRONGEST = "Inter", "Inter-SemiBold", "Inter-Bold"
_FONTS = {
    PLAIN: "Inter_400Regular.ttf",
    STRONG: "Inter_600SemiBold.ttf",
    STRONGEST: "Inter_700Bold.ttf",
}


@cache
def embed_fonts() -> None:
    """Make the letters known to what sets pages; once is enough."""
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, BytesIO((folder("fonts") / file).read_bytes())))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=STRONG, italic=PLAIN, boldItalic=STRONG)
