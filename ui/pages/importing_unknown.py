# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a look on Import does not know, or cannot show because it cannot be written down."""

from desktop_app.casework.words import _, ngettext
from sync.rehearsal import Rehearsal


def left_out(told: Rehearsal) -> list[str]:
    """Return what was not looked at closely, in sentences."""
    said = []
    if told.more_lies_there:
        said.append(
            _(
                "More lies there than fits into one look. This says what the first of it would do; "
                "all of it comes in, in the order it was written."
            )
        )
    counts = (
        (
            told.unlooked,
            ngettext(
                "%(n)d more change comes in that was only counted.",
                "%(n)d more changes come in that were only counted.",
                told.unlooked,
            ),
        ),
        (
            told.more_clients,
            ngettext(
                "The clocks of %(n)d more client were not looked at.",
                "The clocks of %(n)d more clients were not looked at.",
                told.more_clients,
            ),
        ),
        (
            told.more_newcomers,
            ngettext(
                "%(n)d more new client was not compared with those who are here.",
                "%(n)d more new clients were not compared with those who are here.",
                told.more_newcomers,
            ),
        ),
    )
    words = " ".join(words % {"n": count} for count, words in counts if count)
    return [*said, words] if words else said


def not_rehearsed() -> str:
    """Return what is not known because the rehearsal was stopped."""
    return _(
        "The rehearsal was stopped, so it is not known which questions would be answered twice, "
        "who may be here already and which clocks would start. Look again to know."
    )


def not_written() -> str:
    """Return why nobody is named: that they are looked at cannot be written down."""
    return _(
        "This laptop's disk takes nothing more, so Tandem cannot write down who looks at what. "
        "Whom this is about, what would be answered twice and which clocks would start is not "
        "shown. What your colleagues shared is safe where it lies. Free some space, then look "
        "again."
    )
