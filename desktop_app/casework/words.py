# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Words on the screen: every visible string passes here on its way to another language.

The English text is the key (GNU gettext). Strings stand in Python, in TOML forms and in PDFs, so
they share this one catalogue; Welsh is the first translation it must be ready for.
"""

from gettext import NullTranslations, translation
from importlib.resources import as_file

from resources import folder

_catalogue: NullTranslations = NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak `language` (a code such as "cy") from now on; English where a word is missing."""
    global _catalogue, _language  # noqa: PLW0603  one program speaks one language at a time
    with as_file(folder("locale")) as place:
        _catalogue = translation("tandem", place, languages=[language], fallback=True)
    _language = language


def language() -> str:
    """Return the code of the language in use."""
    return _language


def _(text: str) -> str:
    """Return `text` in the language in use. The empty text stays empty (gettext's own header)."""
    return _catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the right plural of a counted text; fill in the count with `% {"n": count}`."""
    return _catalogue.ngettext(one, many, count)


def inside(words: str) -> str:
    """Return words as they stand inside a sentence: they begin small, unless with "I"."""
    return words if words.startswith("I ") else words[:1].lower() + words[1:]
