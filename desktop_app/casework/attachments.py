# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Letters and pictures that belong to a case file: what may come in, and under what name.

Rules, each with a test:

* What something is, its first bytes say; a name or an ending is never believed.
* Photographs and scans (JPEG, PNG) and plain text are taken in. All else is refused in a sentence:
  a PDF too, because Tandem has no safe way to show one yet.
* A name that came with a file becomes a title at most: one line, without a path, without letters
  that are invisible or turn the reading direction, and short. It never names a file again.
* A record says where its content is found: the parts by their hashes, and the one key to them.
  Whoever loses the key has lost the content. Nobody is shown it and no export holds it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import Answers, Json, Record
from desktop_app.casework.words import _

FORM = "attachment"
CONTENT = "_content"
"""Reserved answer: size, key and parts of the content."""
LARGEST = 10 << 20
"""Bytes of one attachment as it is kept."""
LARGEST_TEXT = 1 << 20
LARGEST_READ = 32 << 20
"""Bytes of a file that is looked at: a photograph shrinks when it is taken in."""
PART = 1 << 20
"""Bytes of one part of the content."""
LONGEST_TITLE = 80
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_NOT_PLAIN = re.compile(
    r"\s*(<[!?a-z]|\{\\rtf|%!|#!|MIME-Version:|From \S+@|BEGIN:|GIF8[79]a)", re.IGNORECASE
)
"""How texts begin that are more than a text: web pages, letters of a word processor, scripts."""
_HEX32 = re.compile(r"[0-9a-f]{64}")
_REFUSED = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_KEPT_IN_TEXT = "\t\n"


class NotTaken(CaseworkError):
    """A file cannot be taken in; the file itself stays as it is."""


class Kind(StrEnum):
    """What the content of an attachment is."""

    JPEG = "jpeg"
    PNG = "png"
    TEXT = "text"

    @property
    def code(self) -> str:
        """Return its code on the list of kinds."""
        return "text" if self is Kind.TEXT else "picture"

    @property
    def ending(self) -> str:
        """Return how the name of a copy that is taken out ends."""
        return {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.TEXT: "txt"}[self]


@dataclass(frozen=True, slots=True)
class Content:
    """Where the content of an attachment is found.

    Attributes:
        size: in bytes.
        key: the 32 bytes its parts are locked with.
        parts: the 32-byte hashes of its parts, in order.
    """

    size: int
    key: bytes
    parts: tuple[bytes, ...]

    def answer(self) -> Json:
        """Return it as it stands in the record."""
        return {
            "size": self.size,
            "key": self.key.hex(),
            "parts": [one.hex() for one in self.parts],
        }


def content_of(record: Record) -> Content | None:
    """Return where the content of a record is found; None when it says nothing that makes sense."""
    return _read(record.answers) if record.form == FORM else None


def parts_of(record: Record) -> frozenset[bytes]:
    """Return every part a record names, those of an answer that is not shown included."""
    found = (_read(one.answers) for one in record.live if record.form == FORM)
    return frozenset(part for one in found if one is not None for part in one.parts)


def kind_of(raw: bytes) -> Kind:
    """Return what some bytes are, by what stands in them.

    Raises:
        NotTaken: why not.
    """
    if not raw:
        raise NotTaken(_("This file is empty, so nothing was taken in. Choose another."))
    if raw.startswith(_JPEG):
        return Kind.JPEG
    if raw.startswith(_PNG):
        return Kind.PNG
    if b"%PDF-" in raw[:1024]:
        raise NotTaken(
            _(
                "Tandem cannot show a PDF safely yet, so it was not taken in. Scan the letter as "
                "a picture, or take a photograph of it."
            )
        )
    plain_text(raw)
    return Kind.TEXT


def plain_text(raw: bytes) -> str:
    """Return a text, with its line ends made one kind.

    Raises:
        NotTaken: the bytes are no plain text in UTF-8, or too many.
    """
    if len(raw) > LARGEST_TEXT and b"\0" not in raw[:1024]:
        raise too_large("1 MB")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise _unknown() from None
    if _NOT_PLAIN.match(text) or any(
        unicodedata.category(one) in ("Cc", "Cs", "Cn", "Co") and one not in _KEPT_IN_TEXT
        for one in text
    ):
        raise _unknown()
    return text


def clean_title(name: str) -> str:
    """Return a title made of a name a file came with; empty when nothing of it is left."""
    last = re.split(r"[/\\:]", name)[-1]
    stem = re.sub(r"(\.\w{1,5})+$", "", last.strip(". "))
    shown = "".join(
        " " if unicodedata.category(one) in _REFUSED or one in '<>"|?*_' else one
        for one in unicodedata.normalize("NFC", stem)
    )
    return " ".join(shown.split())[:LONGEST_TITLE].strip()


def too_large(limit: str = "10 MB") -> NotTaken:
    """Return the sentence about what is too large."""
    return NotTaken(
        _(
            "This is larger than %(limit)s, so it was not taken in. Make it smaller, or take it "
            "in page by page."
        )
        % {"limit": limit}
    )


def _unknown() -> NotTaken:
    return NotTaken(
        _(
            "This is no picture (JPEG, PNG) and no plain text, whatever its name says, so it was "
            "not taken in. Photograph or scan the paper, or write a case note about it."
        )
    )


def _read(answers: Answers) -> Content | None:
    said = answers.get(CONTENT)
    if not isinstance(said, dict):
        return None
    size, key, parts = said.get("size"), said.get("key"), said.get("parts")
    if not isinstance(size, int) or not 0 < size <= LARGEST or not isinstance(parts, list):
        return None
    named = [_hash(one) for one in (key, *parts)]
    if len(parts) != -(-size // PART) or not all(named):
        return None
    return Content(size, named[0], tuple(named[1:]))


def _hash(said: Json) -> bytes:
    return bytes.fromhex(said) if isinstance(said, str) and _HEX32.fullmatch(said) else b""
