# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The note of a personal data breach, as a person has left it: on paper, and as plain text."""

from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet, marked


def breach_sheet(text: str, *, team: str, made: str, made_up: bool = False) -> Sheet:
    """Return the note for paper: each paragraph's first line is its heading.

    Args:
        text: the note.
        team: whose laptop it was.
        made: who took it out, when, for whom and why.
        made_up: whether the team is.
    """
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    words = _("Confidential: for whoever decides about the breach")
    return Sheet(
        title=_("Note of a personal data breach"),
        name=_("A lost laptop"),
        banner=(Fact(_("Team"), team),),
        marking=marked(words, made_up=made_up),
        made=made,
        sections=tuple(_section(block) for block in blocks),
    )


def breach_text(text: str, *, made: str) -> bytes:
    """Return the note as plain text, with who took it out at its end."""
    return f"{text.strip()}\n\n{made}\n".encode()


def _section(block: str) -> Section:
    head, _line, rest = block.partition("\n")
    return Section(head, entries=(Entry("", "", text=rest.strip()),) if rest.strip() else ())
