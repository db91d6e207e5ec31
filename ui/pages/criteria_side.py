# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Beside the criteria: which versions there are, which agencies have to agree, how much room."""

from collections.abc import Callable

from desktop_app.casework.matrix import Version, agencies_of, standing, versions
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.labels import label
from ui.pages.choosing_read import Room
from ui.pages.criteria_version import chip_of
from ui.pages.side_line import SideItem, SideLine
from ui.session import Session
from ui.tokens import S


def versions_card(
    session: Session, room: Room, counts: Version | None, choose: Callable[[RecordId], None]
) -> Card:
    """Return every version, the newest first; pressing one shows it."""
    card = Card(_("Versions"), role="h3", gap=2)
    held = versions(room.team)
    if not held:
        card.add(label(_("None was written yet."), "small", tone="muted", wrap=True))
    for one in reversed(held):
        is_it = counts is not None and counts.id == one.id
        chip = chip_of(standing(one, room.team, session.team), counts=is_it)
        item = SideItem(one.id, "scale", "muted", one.matrix.version, one.matrix.title, chip)
        line = SideLine(item)
        line.clicked.connect(lambda _on=False, id_=one.id: choose(id_))
        card.add(line)
    return card


def rule_card(session: Session, room: Room, change: Callable[[], None] | None) -> Card:
    """Return who has to agree and how much room there is; `change` for whoever decides it."""
    card = Card(_("Agencies and places"), role="h3", gap=S)
    names = ", ".join(agencies_of(room.team, session.team))
    words = _("To agree: %(agencies)s.") if names else _("Nobody of the team has an agency yet.")
    card.add(label(words % {"agencies": names} if names else words, "small", wrap=True))
    card.add(label(room.capacity.words, "small", wrap=True))
    if change is not None:
        press = button(_("&Change"), small=True, name=_("Change agencies and places"))
        press.clicked.connect(change)
        card.add(across(press, None))
    return card
