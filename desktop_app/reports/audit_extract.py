# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An extract of the audit: one table, and the same entries on paper with its signature.

For the Information Commissioner, a court or an inspection (Data Protection Act 2018 s.62(5)). It is
the only report that is given anything of the audit, and it counts nobody's work.
"""

import hashlib
from collections.abc import Sequence

from desktop_app.casework.audit_words import Line
from desktop_app.casework.dates import say_whole
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet, marked
from desktop_app.reports.table import of_rows

ALIKE = 16
"""Letters of a signature or a hash that are read at once."""


def extract_table(lines: Sequence[Line]) -> bytes:
    """Return the entries as the bytes of a CSV file; no cell of it can be taken for a formula."""
    head = (
        *(_("When"), _("Who"), _("Kind"), _("What was done"), _("Whose")),
        *(_("Details"), _("Why"), _("Meant for"), _("Times in ten minutes")),
    )
    rows = [
        (one.at, one.who, one.form, one.did, one.whose, one.detail, one.why, one.meant_for,
         one.times)
        for one in lines
    ]  # fmt: skip
    return of_rows(head, rows)


def extract_sheet(
    lines: Sequence[Line],
    *,
    asked: Sequence[Fact],
    table: bytes,
    signature: str,
    made: str,
    made_up: bool = False,
) -> Sheet:
    """Return the entries for paper.

    Args:
        lines: the entries, the latest first.
        asked: what was asked for: days, person, client.
        table: the bytes of the table of the same entries.
        signature: the line that signs it.
        made: who took it out, when, for whom and why.
        made_up: whether the team is.
    """
    marking = _("Confidential: only for what DPA 2018 s.62(4) allows")
    return Sheet(
        title=_("Extract of the audit"),
        name=_("Who looked at, altered, took out or erased what"),
        banner=(Fact(_("Entries"), str(len(lines))),),
        marking=marked(marking, made_up=made_up),
        made=made,
        sections=(
            Section(_("What was asked for"), facts=tuple(asked)),
            Section(
                _("Entries"),
                entries=tuple(_entry(one) for one in lines),
                empty=_("No entry stands in the audit for this."),
            ),
            _signature(table, signature),
        ),
    )


def _entry(one: Line) -> Entry:
    times = _("%(n)d times in ten minutes") % {"n": one.times} if one.times > 1 else ""
    said = (one.whose, one.detail, one.meant_for, times)
    return Entry(
        say_whole(one.at),
        f"{one.who} · {one.did}",
        " · ".join(part for part in said if part),
        one.why,
    )


def _signature(table: bytes, signature: str) -> Section:
    words = _(
        "The table that came with this page holds the same entries. It was signed on the laptop "
        "it was taken out on; this checks it: tandem verify TABLE --vault VAULT"
    )
    return Section(
        _("Signature of the table"),
        facts=(Fact(_("SHA-256"), _spread(hashlib.sha256(table).hexdigest())),),
        entries=(Entry(_("Ed25519"), words, text=" ".join(map(_spread, signature.split(" ")))),),
    )


def _spread(letters: str) -> str:
    """Return a long word in parts that can be read, and set on several lines."""
    return " ".join(letters[at : at + ALIKE] for at in range(0, len(letters), ALIKE))
