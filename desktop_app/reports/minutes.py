# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The minutes of a case forum: who was there, and of each client what was before it and decided.

Rules, each with a test:

* It is set from what the forum sealed, so that it says the same whenever it is printed.
* Whoever was skipped stands there with the reason; numbers add up to everybody on the agenda.
* A client who was erased since is no longer in it; how many there were still is. What has not
  arrived yet is not called erased.
"""

from collections.abc import Iterable, Mapping, Sequence

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.audience import title as audience_title
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet, marked


def minutes(
    forum: Record,
    entries: Iterable[Record],
    names: Mapping[RecordId, str],
    team: Team,
    *,
    made: str,
) -> Sheet:
    """Return the minutes of a forum as a sheet.

    Args:
        forum: its record.
        entries: what it recorded of each client, whichever still stand.
        names: the clients' names, as a list writes them.
        team: whose names are said.
        made: who takes it out of Tandem, when and for whom.
    """
    held = sorted(entries, key=lambda one: (one.text("at"), one.id))
    number = forum.answers.get("number")
    return Sheet(
        title=_("Minutes of a case forum"),
        name=_("Case forum %(number)s") % {"number": number or ""},
        banner=(
            Fact(_("Held"), say_date(forum.text("held_on"))),
            Fact(_("Chair"), team.name_of(forum.text("chair"))),
        ),
        marking=marked(audience_title(PARTNERS), made_up=team.made_up),
        made=made,
        sections=(_meeting(forum, held, team), _actions(held, names), *_segments(held, names)),
    )


def _meeting(forum: Record, held: Sequence[Record], team: Team) -> Section:
    present = forum.answers.get("present")
    people = [str(one) for one in present] if isinstance(present, list) else []
    on_agenda = _number(forum, "listed")
    skipped = sum(bool(one.text("skipped")) for one in held)
    gone = on_agenda - len(held)
    facts = [
        Fact(_("Present"), listed([team.name_of(one) for one in people])),
        Fact(_("On the agenda"), str(on_agenda)),
        Fact(_("Discussed"), str(_number(forum, "discussed"))),
        Fact(_("Skipped"), str(skipped)),
    ]
    if gone > 0:
        words = ngettext(
            "What was said of %(n)d person is not on this laptop: erased since, or not here yet.",
            "What was said of %(n)d people is not on this laptop: erased since, or not here yet.",
            gone,
        )
        facts.append(Fact(_("Not here"), words % {"n": gone}))
    if note := forum.text("note"):
        facts.append(Fact(_("Note"), note))
    return Section(_("The meeting"), tuple(facts))


def _segments(held: Sequence[Record], names: Mapping[RecordId, str]) -> list[Section]:
    found = []
    for segment in codes("forum_segment").code:
        some = [one for one in held if one.text("segment") == segment.code]
        if some:
            found.append(
                Section(_(segment.label), entries=tuple(_entry(one, names) for one in some))
            )
    return found


def _entry(entry: Record, names: Mapping[RecordId, str]) -> Entry:
    name = names.get(entry.client, _("Somebody not on this laptop"))
    title = f"{name} · {reference(entry.client)}"
    if entry.text("skipped"):
        return Entry("", title, _("Skipped: %(why)s") % {"why": entry.text("skipped")})
    body = [entry.text("course")]
    body += [
        f"{label}: {said}"
        for label, said in (
            (_("Agreed"), entry.text("agreed")),
            (_("Lanes"), entry.text("lanes")),
            (_("Dissent"), entry.text("dissent")),
            (_("Removal"), _joined(entry, "checklist")),
            (_("Since last time"), _joined(entry, "since")),
            (_("Support"), _joined(entry, "support")),
            (_("Enforcement"), _joined(entry, "enforcement")),
            (_("Score"), _joined(entry, "score")),
            (_("Open actions"), _joined(entry, "open_actions")),
            (_("New actions"), _joined(entry, "new_actions")),
        )
        if said
    ]
    return Entry("", title, entry.text("because"), "\n".join(one for one in body if one))


def _actions(held: Sequence[Record], names: Mapping[RecordId, str]) -> Section:
    found = [
        Entry("", said, names.get(one.client, ""))
        for one in held
        for said in _texts(one, "new_actions")
    ]
    return Section(_("Actions agreed"), entries=tuple(found), empty=_("No action was agreed."))


def _joined(entry: Record, field: str) -> str:
    return "; ".join(one.rstrip(".") for one in _texts(entry, field))


def _texts(entry: Record, field: str) -> list[str]:
    value = entry.answers.get(field)
    return [str(one) for one in value if one] if isinstance(value, list) else []


def _number(record: Record, field: str) -> int:
    value = record.answers.get(field)
    return value if isinstance(value, int) else 0
