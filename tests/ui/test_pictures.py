# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A picture from outside: what is seen is kept, and nothing else."""

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from PySide6.QtWidgets import QApplication

from desktop_app.casework.attachments import LARGEST, LARGEST_READ, LARGEST_TEXT, Kind, NotTaken
from ui.pictures import LONGEST_SIDE, cleaned, decoded, read_file

TELLTALES = (
    *(
        b"Secret",
        b"Exif",
        b"GPS",
        b"ICC_PROFILE",
        b"http://ns.adobe.com",
        b"tEXt",
        b"iTXt",
        b"zTXt",
    ),
    *(b"eXIf", b"iCCP", b"Photoshop", b"<script", b"PK\x03\x04"),
)
pytestmark = pytest.mark.usefixtures("qapp")


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Return a picture whose upper left corner is red."""
    image = Image.effect_noise((width, height), 60).convert("RGB")
    image.paste((220, 0, 0), (0, 0, width // 2, height // 2))
    return image


def jpeg(image: Image.Image, *, turned: int = 1) -> bytes:
    """Return a photograph as a telephone makes it, with where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "SecretMaker"
    exif[0x8298] = "Secret Person"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (51.0, 30.0, 12.5), "W", (0.0, 7.0, 39.25)
    made = BytesIO()
    image.save(made, "JPEG", exif=exif, comment=b"Secret comment", quality=90)
    raw = made.getvalue()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Secret</x:xmpmeta>"
    extra = b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp
    tables = raw.index(b"\xff\xdb")
    return raw[:tables] + extra + raw[tables:] + b"Secret after the end" + b"PK\x03\x04Secret.zip"


def png(image: Image.Image) -> bytes:
    """Return a picture with everything said of it that a PNG can hold."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Secret Person")
    said.add_itxt("XML:com.adobe.xmp", "Secret place")
    said.add_text("Comment", "Secret" * 50, zip=True)
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    made = BytesIO()
    image.save(made, "PNG", pnginfo=said, exif=exif, icc_profile=b"Secret" * 100)
    return made.getvalue() + b"<script>Secret</script>"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(3_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("make", [jpeg, png], ids=["JPEG", "PNG"])
def test_where_when_and_by_whom_is_gone_and_so_is_what_follows_the_end(make) -> None:  # type: ignore[no-untyped-def]
    raw = make(scene())
    assert b"Secret" in raw, "the picture to clean must tell something"
    _kind, made = cleaned(raw)
    assert [one for one in TELLTALES if one in made] == []
    with Image.open(BytesIO(made)) as kept:
        assert dict(kept.getexif()) == {}
        assert not {"comment", "exif", "icc_profile", "xmp", "Author"} & set(kept.info)


def test_which_way_is_up_is_put_into_the_dots() -> None:
    for turned, red_at in ((1, (20, 20)), (3, (380, 280)), (6, (280, 20)), (8, (20, 380))):
        _kind, made = cleaned(jpeg(scene(), turned=turned))
        with Image.open(BytesIO(made)) as kept:
            dot = kept.convert("RGB").getpixel(red_at)
            assert kept.size == ((400, 300) if turned < 5 else (300, 400))
        assert isinstance(dot, tuple)
        assert dot[0] > 180
        assert dot[1] < 60


def test_a_photo_stays_a_photo_and_a_scan_in_black_and_white_stays_sharp() -> None:
    assert cleaned(jpeg(scene()))[0] is Kind.JPEG
    assert cleaned(png(scene()))[0] is Kind.JPEG
    scan = Image.new("L", (1_000, 1_400), 255)
    scan.paste(0, (100, 100, 900, 110))
    made = BytesIO()
    scan.save(made, "PNG")
    kind, kept = cleaned(made.getvalue())
    assert kind is Kind.PNG
    assert decoded(kept, kind).pixelColor(500, 105).red() == 0


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    _kind, made = cleaned(jpeg(scene(4_800, 3_600)))
    image = decoded(made, Kind.JPEG)
    assert (image.width(), image.height()) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
    assert len(made) < LARGEST


@pytest.mark.parametrize(
    "size", [(60_000, 60_000), (2**31 - 1, 1), (8_000, 8_000), (0, 5)], ids=str
)
def test_a_bomb_is_refused_not_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(NotTaken):
        cleaned(bomb(*size))


@pytest.mark.qt_log_ignore("JPEG", "Unsupported marker")
def test_what_only_begins_like_a_picture_is_refused() -> None:
    good = jpeg(scene())
    for raw in (
        *(
            b"\xff\xd8\xff" + bytes(500),
            b"\x89PNG\r\n\x1a\n" + bytes(500),
            good[:120],
            png(scene())[:60],
        ),
        b"\xff\xd8\xff" + png(scene()),
        b"\x89PNG\r\n\x1a\n" + good,
        b"\xff\xd8\xff<svg onload='alert(1)'/>",
    ):
        with pytest.raises(NotTaken, match="not taken in"):
            cleaned(raw)


def test_a_text_is_kept_as_it_reads() -> None:
    assert cleaned(b"\xef\xbb\xbfDear Dean,\r\nSecret\r\n") == (Kind.TEXT, b"Dear Dean,\nSecret\n")
    with pytest.raises(NotTaken, match="1 MB"):
        cleaned(b"a" * (LARGEST_TEXT + 1))


def test_only_plain_files_are_read_and_never_more_than_the_limit(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(LARGEST_READ + 1)
    for place in (tmp_path / "pipe", tmp_path, tmp_path / "none", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(NotTaken, match="cannot be read"):
            read_file(place)
    with pytest.raises(NotTaken, match="10 MB"):
        read_file(large)


def test_no_picture_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    for place, names in (
        (home, ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")),
        (temporary, ("TMPDIR",)),
    ):
        place.mkdir()
        for name in names:
            monkeypatch.setenv(name, str(place))
    for raw in (jpeg(scene()), png(scene())):
        kind, made = cleaned(raw)
        decoded(made, kind)
    assert [*home.rglob("*"), *temporary.rglob("*")] == []
    assert QApplication.instance() is not None
