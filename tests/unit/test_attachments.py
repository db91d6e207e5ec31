# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a file that comes from outside may be called, and what it is: never what it says."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from desktop_app.casework.attachments import (
    LONGEST_TITLE,
    Kind,
    NotTaken,
    clean_title,
    kind_of,
    plain_text,
)

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"
DEVICES = ["con", "CON", "nul.txt", "COM1", "LPT9.jpg", "aux.", "prn ", "CONIN$", "com¹.txt"]
PATHS = [
    *("..", "../", "../../etc/passwd", "..\\..\\windows\\system32", "/etc/shadow", "C:\\boot.ini"),
    *(
        "C:letter.txt",
        "\\\\server\\share\\x",
        "//server/share/x",
        "file:///etc/passwd",
        "~/.ssh/id",
    ),
    *(
        "a/../../b",
        "..%2f..%2fetc",
        "....//....//x",
        "./.hidden",
        ".bashrc",
        "...",
        ". . .",
        "a\\b/c",
    ),
    *(
        "letter.txt::$DATA",
        "letter.txt:stream",
        "/",
        "\\",
        "%APPDATA%\\x",
        "$HOME/x",
        "`id`",
        "$(id)",
    ),
]
TURNED = [
    f"invoice{sign}gpj.exe" for sign in "\u202e\u202d\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
]
INVISIBLE = [f"let{sign}ter.png" for sign in "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\u034f"[:7]]
CONTROLS = [f"let{chr(code)}ter.png" for code in (0, 1, 7, 8, 10, 13, 27, 0x7F, 0x85, 0x9B)]
ODD = [
    *("", " ", "\t", "a" * 5_000, "é" * 300, "x." * 400, "<script>alert(1)</script>.png"),
    *(
        '"><img src=x>',
        "a|b",
        "a?b*c",
        "letter.jpg.exe",
        "letter.txt.lnk",
        "\ud800.png",
        "\ue000.png",
    ),
    *("\u2028letter\u2029", "🙂🙂.png", "ﬁle.txt", "letter\u0301.txt", "شكوى.txt", "-rf", "--help"),
]
HOSTILE = [*DEVICES, *PATHS, *TURNED, *INVISIBLE, *CONTROLS, *ODD]


def test_there_are_enough_hostile_names() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_becomes_a_plain_title_at_most(name: str) -> None:
    title = clean_title(name)
    assert len(title) <= LONGEST_TITLE
    assert title == " ".join(title.split())
    assert unicodedata.is_normalized("NFC", title)
    assert not any(unicodedata.category(one)[0] == "C" for one in title)
    assert not set('/\\:<>"|?*') & set(title)
    assert PurePosixPath(title or "x").name == PureWindowsPath(title or "x").name == (title or "x")
    assert clean_title(title) == title


def test_a_good_name_is_kept() -> None:
    assert clean_title("Letter from housing, 3 May.jpg") == "Letter from housing, 3 May"
    assert clean_title("IMG_20261123.JPG") == "IMG 20261123"
    assert clean_title("C:\\Users\\Ann\\Café.png") == "Café"


POLYGLOTS = {
    "a program": b"MZ\x90\x00\x03\x00\x00\x00",
    "a Linux program": b"\x7fELF\x02\x01\x01",
    "a zip, a Word file": b"PK\x03\x04\x14\x00\x06\x00",
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a GIF that is a script": b"GIF89a=1;alert(1)//",
    "a GIF": b"GIF89a\x01\x00\x01\x00\x80",
    "a bitmap": b"BM\x36\x00\x0c\x00",
    "a TIFF": b"II*\x00\x08\x00\x00\x00",
    "a WebP": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "a HEIC": b"\x00\x00\x00\x18ftypheic",
    "a drawing": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "a drawing without a head": b'\n  <svg xmlns="http://www.w3.org/2000/svg"/>',
    "a web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a web page in capitals": b"<HTML><body>",
    "a remark and a page": b"<!-- --><html>",
    "rich text": b"{\\rtf1\\ansi{\\*\\generator secret}}",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0",
    "a shell script": b"#!/bin/sh\nrm -rf ~\n",
    "an email": b"From someone@example.org Mon Nov 23\n",
    "a page kept as mail": b"MIME-Version: 1.0\nContent-Type: multipart/related\n",
    "a visiting card": b"BEGIN:VCARD\nFN:Somebody\n",
    "a half PNG": b"\x89PNG\r\n",
    "a PNG spoilt in sending": b"\x89PNG\n\x1a\n",
    "half a JPEG head": b"\xff\xd8",
    "a text with a zero": b"Dear Dean\x00Marsh",
    "a text with an escape": b"Dear \x1b[31mDean",
    "not UTF-8": b"Caf\xe9",
    "UTF-16": "Dear Dean".encode("utf-16"),
    "private letters": "\ue000\ue001".encode(),
}


@pytest.mark.parametrize("what", POLYGLOTS)
def test_what_is_no_picture_and_no_plain_text_is_refused_whatever_its_name_says(what: str) -> None:
    with pytest.raises(NotTaken, match="was not taken in"):
        kind_of(POLYGLOTS[what])


@pytest.mark.parametrize("before", [b"", b"\n", b"GIF89a" + bytes(200), b"<!-- -->"])
def test_a_pdf_is_refused_with_what_to_do_instead(before: bytes) -> None:
    with pytest.raises(NotTaken, match="photograph"):
        kind_of(before + b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")


def test_what_it_is_its_first_bytes_say() -> None:
    assert kind_of(PNG + b"rest") is Kind.PNG
    assert kind_of(JPEG + b"rest") is Kind.JPEG
    assert kind_of("Dear Dean,\njó estét\n".encode()) is Kind.TEXT
    with pytest.raises(NotTaken, match="empty"):
        kind_of(b"")


def test_a_text_has_one_kind_of_line_end_and_no_mark_before_it() -> None:
    assert plain_text(b"\xef\xbb\xbfone\r\ntwo\rthree\n\tfour") == "one\ntwo\nthree\n\tfour"
