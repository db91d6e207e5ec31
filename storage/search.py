# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Finding a client as one types: by the letters so far, by sound, by nickname, by date of birth.

What was typed is tried in this order, until there are enough:

1. as a reference, and as a date of birth: whole, in part, or with day and month the other way;
2. every word as the beginning of a word the client is found by: their names, and every telephone
   and postcode they have or had;
3. the same, each word as what it looks like: in other letters a name looks the same;
4. the same, each word also as a nickname or as something that sounds alike.

Whoever has several files is found by what any of them says, and shown once, under the name their
files are read by. Every step asks the index for a bounded number of rows, so that a caseload ten
times as large is not ten times as slow.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import jellyfish

from desktop_app.casework.calendar_words import say_partial
from desktop_app.casework.dates import LATEST_YEAR, NotADate, read_partial
from desktop_app.casework.letters import skeleton
from desktop_app.casework.names import fold, full_name, other_names
from desktop_app.casework.records import Answers, Record
from desktop_app.casework.reference import typed_reference
from desktop_app.casework.words import _
from storage import finding
from storage.connection import plainly
from storage.finding import NAMES, NUMBERS, SHORTEST_NUMBER, digits, sounds_of
from storage.rows import text
from storage.store import Store

_DATE = re.compile(
    r"\d{1,4}[ ./-]+\d{1,2}[ ./-]+\d{2,4}\b"  # 14 3 1989
    r"|\b\d{1,4}(?:st|nd|rd|th)?[ ./-]*[^\W\d]{3,9}[ ,./-]*\d{2,4}\b"  # 14 mar 89, 14th March, 1989
    r"|\b[^\W\d]{3,9} +\d{4}\b|\b\d{4}-\d{1,2}\b|\b\d{8}\b|\b\d{6}\b|\b\d{4}\b"
)
_NOT_PASSED = date(LATEST_YEAR - 1, 12, 31)
_FEW, _MANY = 200, 4_000
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A client that was found, and why where that is not plain: a few words for a chip."""

    client: Record
    why: str = ""


def search(store: Store, typed: str, *, limit: int = 50) -> list[Hit]:
    """Return the clients somebody may mean, the likeliest first."""
    found: dict[int, str] = {}
    reference = typed_reference(typed)
    if reference:
        rows = store.rows("SELECT place FROM caseload WHERE reference = ?", (reference,))
        _note(found, rows, reference)
    born = _DATE.search(typed)
    words = fold(typed).split()
    if born is not None:
        left = fold(typed[: born.start()] + " " + typed[born.end() :]).split()
        _by_birth(store, born[0], left, found)
    if len(found) < limit and words:
        _by_letters(store, words, found)
        looks = [skeleton(word) for word in words]
        if looks != words:
            _note(found, _fts(store, looks, _FEW), _("looks the same"))
    if len(found) < limit and words:
        _by_likeness(store, words, found)
    return _hits(store, found, words, limit)


def _by_birth(store: Store, said: str, words: Sequence[str], found: dict[int, str]) -> None:
    """Find clients born on a day that was typed, their other words matching."""
    for day, swapped in _days(said):
        rows = store.rows(
            "SELECT place FROM caseload WHERE born >= ?1 AND born < ?1 || '~~' LIMIT ?2",
            (day, _FEW),
        )
        if words:
            named = {place for (place,) in _fts(store, words, _MANY)}
            rows = [row for row in rows if row[0] in named]
        born = say_partial(day)
        why = _("born %(day)s, day and month swapped") if swapped else _("born %(day)s")
        _note(found, rows, why % {"day": born})


def _days(said: str) -> list[tuple[str, bool]]:
    """Return the dates of birth that may be meant, and whether day and month were swapped."""
    try:
        day = read_partial(said, _NOT_PASSED).removesuffix("~")
    except NotADate:
        return []
    centuries = [day, f"{int(day[:4]) - 100:04d}{day[4:]}"]
    days = [(one, False) for one in centuries]
    if len(day) == 10 and int(day[8:]) <= 12 and day[8:] != day[5:7]:
        days += [(f"{one[:4]}-{one[8:]}-{one[5:7]}", True) for one in centuries]
    return days


def _by_letters(store: Store, words: Sequence[str], found: dict[int, str]) -> None:
    """Find clients whose words begin with what was typed."""
    first = " ".join(words)
    rows = store.rows(
        "SELECT place FROM caseload WHERE name >= ?1 AND name < ?1 || char(1114111)"
        " ORDER BY name, client LIMIT ?2",
        (first, _FEW),
    )
    _note(found, rows, "")
    if len(found) < _FEW:
        _note(found, _fts(store, words, _FEW), "")
        number = digits("".join(words))
        if len(words) > 1 and len(number) >= SHORTEST_NUMBER:
            _note(found, _fts(store, [number], _FEW), "")


def _by_likeness(store: Store, words: Sequence[str], found: dict[int, str]) -> None:
    """Find clients whose names sound like what was typed, or are its nicknames."""
    whole = [word for word in words if len(word) > _SHORT]
    if not whole:
        return
    alike = [_like(store, word) for word in whole]
    begun = [{place for (place,) in _fts(store, [word], _MANY)} for word in whole]
    for number in range(len(whole)):
        # One word is heard, the others are heard or spelt: two misheard names are one client too.
        among = set(alike[number])
        for other in range(len(whole)):
            if other != number:
                among &= alike[other].keys() | begun[other]
        for place in sorted(among)[:_FEW]:
            found.setdefault(place, alike[number][place])


def _like(store: Store, word: str) -> dict[int, str]:
    """Return the places of clients with a nickname or the sound of a word, and which it is."""
    likes: dict[int, str] = {}
    nicknames = sorted(other_names(word))
    if nicknames:
        exact = " OR ".join(f'"{name}"' for name in nicknames)
        _note(likes, store.rows(_MATCH, (exact, _MANY)), _("short or long for it"))
    for sound in sorted(sounds_of([word])):
        rows = store.rows("SELECT place FROM sound WHERE sound = ? LIMIT ?", (sound, _MANY))
        _note(likes, rows, _("sounds like"))
    return likes


_MATCH = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"


def _fts(store: Store, words: Sequence[str], limit: int) -> list[tuple[int]]:
    """Return the places of clients every word of which begins a word they are found by."""
    every = " AND ".join(f'"{word}"*' for word in words)
    return [(row[0],) for row in store.rows(_MATCH, (every, limit))]


def _note(found: dict[int, str], rows: Iterable[Sequence[int]], why: str) -> None:
    for row in rows:
        found.setdefault(row[0], why)


def _hits(store: Store, found: dict[int, str], words: Sequence[str], limit: int) -> list[Hit]:
    """Return the likeliest of what was found, each with its client."""
    ranked = []
    for place, why in found.items():
        rows = store.rows("SELECT name, client FROM caseload WHERE place = ?", (place,))
        ranked += [(_rank(row[0], why, words), row[0], row[1], why) for row in rows]
    heads = store.heads(client for _rank_of, _name, client, _why_found in ranked)
    hits: dict[bytes, Hit] = {}
    for _rank_of, _name, client, why in sorted(ranked):
        shown = heads.get(client, client)
        if len(hits) == limit:
            break
        if shown in hits:
            continue
        record, *_others = store.records([client])
        said = why or _why(store, record, words)
        if shown != client:
            said = said or _("also %(name)s") % {"name": full_name(record.answers)}
            record, *_others = store.records([shown])
        hits[shown] = Hit(record, said)
    return list(hits.values())


def _rank(name: str, why: str, words: Sequence[str]) -> tuple[int, float]:
    """Return a number that is lower the likelier a client is meant."""
    typed = " ".join(words)
    if not why:
        if name.startswith(typed):
            return (0, 0.0)
        parts = name.split()
        return (1 if all(any(p.startswith(w) for p in parts) for w in words) else 2, 0.0)
    return (3, -jellyfish.jaro_winkler_similarity(name, typed))


def _why(store: Store, client: Record, words: Sequence[str]) -> str:
    """Return by which of a client's other words they were found; empty when by their name."""
    answers = client.answers
    main = fold(f"{text(answers, 'surname')} {text(answers, 'forename')}")
    parts = [*main.split(), main.replace(" ", "")]
    missing = [word for word in words if not any(part.startswith(word) for part in parts)]
    if not missing:
        return ""
    for field in NAMES[2:]:
        value = answers.get(field)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and _begins(name, missing):
                return _("also %(name)s") % {"name": name}
    if reached := _reached(answers, missing, all):
        return reached
    looks = [skeleton(part) for part in parts]
    if all(any(look.startswith(word) for look in looks) for word in missing):
        return _("looks the same")
    with plainly():
        places = [answers, *finding.further(store.db, [client.id]).get(client.id, ())]
    found = (_reached(one, missing, how) for how in (all, any) for one in places)
    return next(filter(None, found), "")


def _reached(answers: Answers, words: Sequence[str], how: Callable[[Iterable[bool]], bool]) -> str:
    """Return the postcode or telephone that all or any of some words begin; empty for none."""
    for field in ("postcode", *NUMBERS):
        said = text(answers, field)
        if _begins(said, words, how) or _numbered(said, words):
            return said
    return ""


def _begins(said: str, words: Sequence[str], how: Callable[[Iterable[bool]], bool] = any) -> bool:
    folded = fold(said)
    parts = [*folded.split(), folded.replace(" ", "")]
    return how(any(part.startswith(word) for part in parts) for word in words)


def _numbered(said: str, words: Sequence[str]) -> bool:
    number = digits("".join(words))
    return bool(number) and digits(said).startswith(number)
