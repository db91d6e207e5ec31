# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card a client keeps: when we meet next, and whom to ring; plain, large, in their language.

Rules, each with a test:

* It says the next thing booked or planned with us, never what it is for, and a number to ring.
* It carries no name of theirs. What of ours it says, the client's safe-contact rules decide.
* It says nothing of Tandem, of who may read it or of who took it out: it is theirs.
"""

from dataclasses import dataclass

from desktop_app.casework.cards import CardWords, Safe
from desktop_app.casework.coming import Coming
from desktop_app.casework.people import Team
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet

OURS = ("appointment", "visit")
"""The forms of what a card may tell: a day in court is not ours to put on a card."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Whom to ring.

    Attributes:
        number: the number; empty to leave it out.
        ask_for: the name to ask for.
        agency: the agency.
    """

    number: str = ""
    ask_for: str = ""
    agency: str = ""


def leave_card(
    words: CardWords, meeting: Coming | None, ring: Ring, may: Safe, team: Team
) -> Sheet:
    """Return the card as a sheet.

    Args:
        words: the sentences of a language.
        meeting: what comes next; None for nothing.
        ring: whom to ring.
        may: what it may say.
        team: whose it is; a made-up team's card says so.
    """
    when = words.say_at(meeting.at) if meeting is not None else words.none
    facts = [Fact(words.ring, ring.number)]
    if may.names_us:
        named = ", ".join(one for one in (ring.ask_for, ring.agency) if one)
        facts.append(Fact(words.ask_for, named))
    if may.names_us and meeting is not None:
        facts[:0] = [Fact(words.with_whom, meeting.with_whom), Fact(words.where, meeting.place)]
    last = [Entry("", "", text=words.emergency)]
    if meeting is not None and (may.names_us or ring.number):
        last.insert(0, Entry("", "", text=words.cannot_come if may.names_us else words.ring_this))
    return Sheet(
        title=_("Card"),
        name="",
        banner=(),
        marking=_("Made-up team: nobody in it is real") if team.made_up else "",
        made="",
        sections=(
            Section(words.title, entries=(Entry("", when),)),
            Section("", facts=tuple(one for one in facts if one.value)),
            Section("", entries=tuple(last)),
        ),
        large=True,
        bare=True,
        language=words.language,
    )
