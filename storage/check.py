# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Checking a vault: that every page, index and record in it is what it should be.

Rules, each with a test:

* What waits in the write-ahead file is put into the vault first; the page check reads nothing else,
  and would raise a false alarm.
* Every row of an answer is read: the first alone would hide the rest.
* A finding says what is wrong in words, never what a record says.
* Checking changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from desktop_app.casework.words import _, ngettext
from storage.errors import LaptopFull, VaultDamaged, VaultError
from storage.rows import record_of
from storage.store import Store

AT_ONCE = 5_000
GLANCE = 50_000
"""So many small steps of the database lie between two questions whether to stop."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        what: which check found it: "pages", "structure", "links", "search", "records" or "log",
            or, of a comparison with the log, "keys".
        words: what is wrong, in words.
    """

    what: str
    words: str


Look = Callable[[Store], Iterable[Finding]]


def check(store: Store, *, progress: Callable[[str], None] = lambda _words: None) -> list[Finding]:
    """Check an open vault; return what is wrong with it, nothing when it is whole.

    Args:
        store: freshly opened, so that no error of before clings to the connection.
        progress: told in words what is being checked.
    """
    found: list[Finding] = []
    for words, look in looks():
        progress(words)
        found += look_at(store, look)
    return found


def looks() -> list[tuple[str, Look]]:
    """Return the parts of a whole check, each with what to say while it is under way."""
    return [
        (_("Checking every page …"), _pages),
        (_("Checking the structure …"), _structure),
        (_("Checking what belongs together …"), _links),
        (_("Checking the search …"), _search),
        (_("Checking every record …"), _records),
        (_("Checking the log …"), _log),
    ]


def look_at(
    store: Store, look: Look, *, stopped: Callable[[], bool] = lambda: False
) -> list[Finding]:
    """Do one part of a check; what cannot be read at all is a finding too.

    Args:
        store: the vault.
        look: which part.
        stopped: asked often; a part that was stopped has found nothing that counts.

    Raises:
        LaptopFull: a full disk is no damage.
    """
    store.db.set_progress_handler(lambda: int(stopped()), GLANCE)
    try:
        return list(look(store))
    except LaptopFull:
        raise
    except VaultError as error:
        return [Finding("structure", str(error))]
    finally:
        store.db.set_progress_handler(None, 0)


def quick(store: Store, *, stopped: Callable[[], bool] = lambda: False) -> list[Finding]:
    """Look at the structure only, in half the time: what is done each day."""
    return look_at(store, _quickly, stopped=stopped)


def _quickly(store: Store) -> Iterator[Finding]:
    yield from _said(store, "PRAGMA quick_check")


def _pages(store: Store) -> Iterator[Finding]:
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    bad = store.rows("PRAGMA cipher_integrity_check")
    if bad:
        words = ngettext(
            "%(n)d page was altered or damaged.", "%(n)d pages were altered or damaged.", len(bad)
        )
        yield Finding("pages", words % {"n": len(bad)})


def _structure(store: Store) -> Iterator[Finding]:
    yield from _said(store, "PRAGMA integrity_check")


def _said(store: Store, question: str) -> Iterator[Finding]:
    said = [str(row[0]) for row in store.rows(question)]
    wrong = [one for one in said if one != "ok"]
    if wrong:
        words = ngettext(
            "%(n)d fault in the structure of the file.",
            "%(n)d faults in the structure of the file.",
            len(wrong),
        )
        yield Finding("structure", words % {"n": len(wrong)})


def _links(store: Store) -> Iterator[Finding]:
    loose = store.rows("PRAGMA foreign_key_check")
    if loose:
        words = ngettext(
            "%(n)d part of a bundle has lost its bundle.",
            "%(n)d parts of bundles have lost their bundles.",
            len(loose),
        )
        yield Finding("links", words % {"n": len(loose)})


def _search(store: Store) -> Iterator[Finding]:
    try:
        store.write("INSERT INTO words (words) VALUES ('integrity-check')")
    except VaultDamaged:
        yield Finding("search", _("The search is out of step with the records."))


def _records(store: Store) -> Iterator[Finding]:
    bad, after = 0, 0
    while True:
        rows = store.rows(
            "SELECT id, form, client, audience, author, live, trail, place FROM record"
            " WHERE place > ? ORDER BY place LIMIT ?",
            (after, AT_ONCE),
        )
        if not rows:
            break
        after = rows[-1][-1]
        for row in rows:
            try:
                bad += not record_of(row[:-1]).live
            except (VaultError, ValueError):
                bad += 1
    if bad:
        words = ngettext("%(n)d record cannot be read.", "%(n)d records cannot be read.", bad)
        yield Finding("records", words % {"n": bad})


def _log(store: Store) -> Iterator[Finding]:
    """See that the log holds the newest bundle of every feed, and the words of each."""
    gaps = store.rows(
        "SELECT number FROM feed WHERE head_seq > 0 AND NOT EXISTS"
        " (SELECT 1 FROM bundle WHERE feed = number AND seq = head_seq)"
    )
    bare = store.rows(
        "SELECT bundle.place FROM bundle LEFT JOIN bundle_raw USING (place)"
        " WHERE bundle_raw.place IS NULL"
    )
    if gaps or bare:
        yield Finding("log", _("The log misses bundles it should hold. Share, and they come back."))
