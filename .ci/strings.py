# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Strings: every word a person can read on the screen or on paper, gathered for translators.

They stand in Python, inside `_()` and `ngettext()`, and in the TOML of forms, code lists and
reports, under the keys named here. `make strings` writes them to resources/locale/tandem.pot; a
test fails while that file is not what the sources say. Files are named without lines, so that
moving code does not touch the catalogue.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import write_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "tandem.pot"
PACKAGES = ("desktop_app", "storage", "sync", "ui")
FUNCTIONS = {"_": None, "ngettext": (1, 2)}
# What is read by people in each folder of TOML; everything else there is read by the program.
KEYS = {
    "forms": {
        *("title", "plural", "one", "many", "about", "titled", "place", "summary"),
        *("label", "hint", "needed", "constraint_message"),
    },
    "codes": {"title", "label", "short", "hint", "group"},
    "reports": {"title", "about", "label", "hint", "note"},
    ".": {"title", "who", "source"},
    "told": {"says", "why", "measured"},
    "criteria": {"title", "version", "why", "question", "help", "says"},
}
HEAD = """\
# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
# Every visible word of Tandem. Written by `make strings`; do not edit.
msgid ""
msgstr ""
"Project-Id-Version: Tandem\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Message = str | tuple[str, str]


def main() -> None:
    """Write the catalogue."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
    print(f"{CATALOGUE.relative_to(ROOT)}: {len(messages())} strings")


def catalogue() -> str:
    """Return the catalogue as the sources say it should be."""
    book = Catalog(charset="utf-8")
    for message, places in messages().items():
        book.add(message, locations=[(place, 0) for place in sorted(places)])
    text = BytesIO()
    write_po(text, book, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEAD + text.getvalue().decode()


def messages() -> dict[Message, set[str]]:
    """Return every string (with its plural, where it has one) and the files it stands in."""
    found: dict[Message, set[str]] = defaultdict(set)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for message in in_python(path):
                found[message].add(path.relative_to(ROOT).as_posix())
    for folder, keys in KEYS.items():
        for path in sorted((ROOT / "resources" / folder).glob("*.toml")):
            for message in in_toml(tomllib.loads(path.read_text(encoding="utf-8")), keys):
                found[message].add(path.relative_to(ROOT).as_posix())
    return found


def in_python(path: Path) -> Iterator[Message]:
    """Yield what stands inside the functions that translate."""
    said: Any  # one string, or a tuple for a function that takes several
    with path.open("rb") as source:
        for _line, _function, said, _comments in extract_python(source, FUNCTIONS, (), {}):
            one, *more = said if isinstance(said, tuple) else (said,)
            if one:
                yield (one, more[0]) if more and more[0] else one


def in_toml(value: Any, keys: set[str]) -> Iterator[str]:
    """Yield the texts under `keys`, however deep; one without words needs no translator."""
    if isinstance(value, list):
        for item in value:
            yield from in_toml(item, keys)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in keys and isinstance(item, str):
                if re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", item)):
                    yield item
            else:
                yield from in_toml(item, keys)


if __name__ == "__main__":
    main()
