# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures from outside: decoded with care, and made anew so that only what is seen is kept.

Runs on any thread but the window's. Rules, each with a test:

* A file is read as what its first bytes say it is, by that one decoder and no other.
* How large it would be is asked before anything is decoded; a bomb is refused, not unpacked.
* What is kept is drawn from the dots: the place, the camera, comments, the small preview, colour
  profiles and whatever follows the end are not in it. Which way is up is put into the dots.
* A large picture is made smaller, to the length of a page at 300 dots an inch.
* Only plain files are read, and never more of one than the limit.
"""

import os
import stat
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter

from desktop_app.casework.attachments import (
    LARGEST,
    LARGEST_READ,
    Kind,
    NotTaken,
    kind_of,
    plain_text,
    too_large,
)
from desktop_app.casework.words import _

MOST_DOTS = 50_000_000
LONGEST_SIDE = 3_508
"""Dots: an A4 page at 300 dots an inch, which the smallest print of a letter needs."""
MEMORY_MB = 256
QUALITY = 85
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file(place: Path) -> bytes:
    """Return what stands in a file a person chose.

    Raises:
        NotTaken: it is no plain file, cannot be read, or is too large.
    """
    try:
        opened = os.open(place, _OPEN)
    except (OSError, ValueError):
        raise _unreadable() from None
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise _unreadable()
        with os.fdopen(os.dup(opened), "rb") as file:
            raw = file.read(LARGEST_READ + 1)
    except OSError:
        raise _unreadable() from None
    finally:
        os.close(opened)
    if len(raw) > LARGEST_READ:
        raise too_large()
    return raw


def cleaned(raw: bytes) -> tuple[Kind, bytes]:
    """Return what some bytes are, and the bytes to keep: only what a person can see of them.

    Raises:
        NotTaken: why not.
    """
    kind = kind_of(raw)
    if kind is Kind.TEXT:
        made = plain_text(raw).encode()
    else:
        image = decoded(raw, kind)
        kind = Kind.PNG if kind is Kind.PNG and _drawn(image) else Kind.JPEG
        made = _written(image, kind)
        if kind is Kind.PNG and len(made) > LARGEST // 4:
            kind, made = Kind.JPEG, _written(image, Kind.JPEG)
    if not made:
        raise _broken()
    if len(made) > LARGEST:
        raise too_large()
    return kind, made


def decoded(raw: bytes, kind: Kind) -> QImage:
    """Return a picture's dots, the right way up, in the colours of a screen, and nothing else.

    Raises:
        NotTaken: it is damaged, or too large to be unpacked.
    """
    QImageReader.setAllocationLimit(MEMORY_MB)
    held = QByteArray(raw)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.value.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty():
        raise _broken()
    if size.width() * size.height() > MOST_DOTS:
        raise NotTaken(
            _("This picture has over 50 million dots, so it was not taken in. Make it smaller.")
        )
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(_fitted(size))
    image = reader.read()
    if image.isNull():
        raise _broken()
    return _bare(image)


def _fitted(size: QSize) -> QSize:
    fitted = size.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    return fitted.expandedTo(QSize(1, 1))


def _bare(image: QImage) -> QImage:
    """Return the same dots in a new picture: copying a picture would copy its texts too."""
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    with QPainter(paper) as painter:
        painter.drawImage(0, 0, image)
    return paper


def _drawn(image: QImage) -> bool:
    """Say whether a picture is one of few colours, a scan in black and white, and not a photo."""
    small = image.scaled(256, 256, Qt.AspectRatioMode.KeepAspectRatio)
    dots = {small.pixel(x, y) for x in range(small.width()) for y in range(small.height())}
    return len(dots) <= 256


def _written(image: QImage, kind: Kind) -> bytes:
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.value.encode()))
    writer.setQuality(QUALITY if kind is Kind.JPEG else -1)
    return bytes(made.data()) if writer.write(image) else b""


def _broken() -> NotTaken:
    return NotTaken(
        _(
            "This picture is damaged and cannot be shown, so it was not taken in. Take it again, "
            "or ask for another copy."
        )
    )


def _unreadable() -> NotTaken:
    return NotTaken(
        _(
            "This file cannot be read, so nothing was taken in. Copy it to this laptop first, or "
            "choose another."
        )
    )
