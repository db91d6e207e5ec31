# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The page with the recovery words: kept on paper, for the day a passphrase or a laptop is lost.

It names the laptop, or the team, and nobody: whoever finds it should not learn whose vault it
opens. It has no twin as a web page or a table, because its words belong on paper only.
"""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework.dates import say_date
from desktop_app.casework.words import _
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet


def recovery_page(words: Sequence[str], *, laptop: str, day: date, team: str = "") -> bytes:
    """Return the page as a PDF.

    Args:
        words: the recovery words, in order.
        laptop: what the laptop is called; empty when it has no name yet, and for a team's key.
        day: when it was made.
        team: the team whose key it is; empty for one laptop's.
    """
    sheet = recovery_sheet(words, laptop=laptop, day=day, team=team)
    return pdf(sheet, code=" ".join(words))


def recovery_sheet(words: Sequence[str], *, laptop: str, day: date, team: str = "") -> Sheet:
    """Return what the page says."""
    about = [Fact(_("Team"), team)] if team else []
    about += [Fact(_("Laptop"), laptop)] if laptop else []
    return Sheet(
        title=_("Recovery key"),
        name=_("Recovery key of a Tandem team") if team else _("Recovery key of a Tandem casebook"),
        banner=tuple(about),
        marking=_("Keep in a sealed envelope, away from the laptop"),
        made=_("Made on %(day)s") % {"day": say_date(day.isoformat())},
        sections=(
            Section(
                _("The words, in this order"),
                facts=tuple(Fact(str(n), word) for n, word in enumerate(words, start=1)),
            ),
            _purpose(),
            _keeping(team=bool(team)),
            Section(
                _("The same words, for a scanner"),
                empty=_(
                    "For the scanner of the laptop itself. Never a phone: it keeps its pictures."
                ),
            ),
        ),
    )


def keeper_page(words: Sequence[str], *, team: str, keeper: str, number: int, day: date) -> bytes:
    """Return a keeper's paper as a PDF.

    Args:
        words: its words, in order.
        team: whose coordinator it helps to name.
        keeper: who keeps it.
        number: which of the papers it is, from 1.
        day: when it was made.
    """
    sheet = Sheet(
        title=_("Keeper's paper"),
        name=_("Keeper's paper of a Tandem team"),
        banner=(
            Fact(_("Team"), team),
            Fact(_("Paper"), _("%(n)d of 3; any two decide") % {"n": number}),
            Fact(_("Kept by"), keeper),
        ),
        marking=_("Keep in a sealed envelope, apart from the other two papers"),
        made=_("Made on %(day)s") % {"day": say_date(day.isoformat())},
        sections=(
            Section(
                _("The words, in this order"),
                facts=tuple(Fact(str(n), word) for n, word in enumerate(words, start=1)),
            ),
            _signing(),
            Section(
                _("The same words, for a scanner"),
                empty=_(
                    "For the scanner of the laptop itself. Never a phone: it keeps its pictures."
                ),
            ),
        ),
    )
    return pdf(sheet, code=" ".join(words))


def _signing() -> Section:
    return Section(
        _("What it is for"),
        entries=(
            Entry(
                _("Coordinator gone"),
                _("Or their laptop is: two keepers name another, on any laptop of the team."),
                text=_("Team, Keepers, Name another coordinator. Each types the words once."),
            ),
            Entry(
                _("It opens nothing"),
                _("Nobody reads a record with it. One paper alone does nothing at all."),
            ),
            Entry(
                _("Before you sign"),
                _("Read what the screen says is to be decided. Ask the coordinator yourself."),
            ),
            Entry(
                _("Lost, or you leave"),
                _("Or seen by others: tell the coordinator. Two keepers replace all three papers."),
            ),
        ),
    )


def _purpose() -> Section:
    return Section(
        _("What they are for"),
        entries=(
            Entry(
                _("Passphrase lost"),
                _("They open the casebook and give it a new passphrase."),
                text=_("On the command line: tandem recover --vault FOLDER"),
            ),
            Entry(
                _("Laptop lost"),
                _("They open its backups; nothing else is needed."),
                text=_("tandem restore --from BACKUP --to FOLDER"),
            ),
        ),
    )


def _keeping(*, team: bool) -> Section:
    anew = (
        _("Replace the key: Settings, Passphrase and keys. Then back up again.")
        if team
        else _("Make another key: tandem recovery-key --anew. Then back up again.")
    )
    return Section(
        _("How to keep them"),
        entries=(
            Entry(_("Print"), _("Print this page once, then delete the file.")),
            Entry(
                _("Hide"),
                _("Whoever reads these words can open the casebook and its backups."),
            ),
            Entry(_("Seen by others"), anew),
        ),
    )
