# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Keep or erase says: of what is due and why, of a rule, of a decision, and of erasing."""

from dataclasses import dataclass
from datetime import date

from desktop_app.casework import audience
from desktop_app.casework.calendar_words import say_date, say_partial
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.reference import reference
from desktop_app.casework.retention import ERASE, KEEP, Due, Rule, whole_day
from desktop_app.casework.words import _, ngettext
from sync.outcome import items_in_words
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.theme import SEMI

TONES = {"general": "neutral", "health": "ok", "le": "info"}


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be decided, and the client's record where this laptop still has it."""

    due: Due
    client: Record | None

    @property
    def who(self) -> str:
        """Return whom it is about: a name, or the reference of somebody who was erased."""
        if self.client is None:
            return _("Somebody erased, %(ref)s") % {"ref": reference(self.due.client)}
        return full_name(self.client.answers)

    @property
    def about(self) -> str:
        """Return whom it is about and which of their records: more may be due of one person."""
        return f"{self.who} · {_(self.due.rule.title)}" if self.due.rule else self.who

    @property
    def confirm(self) -> str:
        """Return what has to be typed before it is erased."""
        return reference(self.due.client)


def period(rule: Rule) -> str:
    """Return how long a rule keeps, in words."""
    years = ngettext("%(n)d year", "%(n)d years", rule.years) % {"n": rule.years}
    months = ngettext("%(n)d month", "%(n)d months", rule.months) % {"n": rule.months}
    said = [words for n, words in ((rule.years, years), (rule.months, months)) if n]
    return _(" and ").join(said)


def row(item: Item, today: date) -> RowItem:
    """Return the row of something to be decided."""
    due, rule = item.due, item.due.rule
    chips = []
    if rule is not None:
        chips.append(ChipText(_(rule.title), TONES[rule.regime.value], "archive"))
    if due.audience != audience.PARTNERS:
        chips.append(ChipText(audience.title(due.audience), "neutral", "eye"))
    late = due.since <= today.isoformat()
    return RowItem(
        due.key,
        Lead(icon="hourglass" if rule else "user-x", tone="warn" if late else "neutral"),
        item.who,
        "",
        tuple(chips),
        _because(due, late=late),
        (
            RowAnswer(KEEP, _("Keep…"), "K", "calendar-clock"),
            RowAnswer(ERASE, _("Erase…"), "E", "trash-2"),
        ),
    )


def _because(due: Due, *, late: bool) -> tuple[Part, ...]:
    count = len(due.records)
    what = ngettext("%(n)d record", "%(n)d records", count) % {"n": count}
    last = _in_short(due.last)
    if due.rule is None:
        after = _(", the last of %(day)s") % {"day": last}
        return Part(what, weight=SEMI), Part(after, "muted")
    since = _("%(what)s, due since %(day)s") if late else _("%(what)s, due on %(day)s")
    after = _(": %(period)s after %(last)s")  # what is counted from stands beside, with the rule
    if due.since != due.rule.due_on(due.last):
        after = _(": kept until then")
    return (
        Part(since % {"what": what, "day": _in_short(due.since)}, weight=SEMI),
        Part(after % {"period": period(due.rule), "last": last}, "muted"),
    )


def rule_lines(rule: Rule) -> tuple[str, str, str]:
    """Return what a rule says: how long, who decides, and by which law and source."""
    counted = f"{period(rule)} {rule.counted_from.words}"
    source = _("%(law)s, since %(day)s. %(source)s.") % {
        "law": rule.regime.words,
        "day": _said(rule.from_on),
        "source": _(rule.source),
    }
    return counted[:1].upper() + counted[1:], _(rule.who), source


def decided_words(record: Record, team: Team) -> tuple[str, str]:
    """Return the heading of a decision and what stands under it."""
    count = record.answers.get("count")
    n = count if isinstance(count, int) else 0
    what = ngettext("%(n)d record", "%(n)d records", n) % {"n": n}
    ref = reference(record.client) if record.client else ""
    on = _said(record.text("decided_on"))
    if record.answers.get("decision") == ERASE:
        head = _("Erased: %(what)s about %(ref)s") % {"what": what, "ref": ref}
    else:
        until = _said(record.text("until_on"))
        head = _("Kept until %(day)s: %(what)s about %(ref)s") % {
            "day": until,
            "what": what,
            "ref": ref,
        }
    under = _("%(day)s · %(who)s · %(authority)s") % {
        "day": on,
        "who": team.name_of(record.text("decided_by")),
        "authority": record.text("authority"),
    }
    return head, under


def erasing_says(item: Item) -> tuple[tuple[str, str], ...]:
    """Return what erasing takes, what it leaves, and when it is done: heading and words each."""
    goes = _(
        "%(what)s Gone from this laptop at once, with search and drafts; from the team folder "
        "when this laptop shares; from each other laptop when it shares after that."
    ) % {"what": items_in_words(item.due.counts)}
    stays = _("That it was erased: when, by whom, on whose authority and why.")
    late = _(
        "Backups lose it within 35 days; a laptop that does not share, when it does. What was "
        "printed, or taken by somebody who left, nobody can call back."
    )
    said = [(_("Goes:"), goes), (_("Stays:"), stays), (_("Later:"), late)]
    if item.client is not None and item.client.id in item.due.records:
        others = _("What health or police hold for themselves stays, nameless, until they decide.")
        said.append((_("Not yours:"), others))
    return tuple(said)


def _said(day: str) -> str:
    return say_date(whole_day(day)) if day else ""


def _in_short(day: str) -> str:
    """Return a day years away: the weekday would only take room."""
    return say_partial(whole_day(day)) if day else ""
