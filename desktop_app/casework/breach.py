# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The note of a personal data breach when a laptop is lost: drafted, to be read and altered.

It says what UK GDPR art. 33(3) and DPA 2018 s.67(4) ask for. Rules, each with a test:

* Only what Tandem knows is filled in. What a person has to say stands in square brackets; what
  nobody can know is said to be unknown.
* Records of the police are law enforcement processing (DPA 2018 Part 3); the others are not. Which
  law asks for what is said for both.
* The clock of 72 hours runs from when somebody became aware of it, and only they can say when.
* What becomes known later is followed in the lines nobody has altered; the others stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop_app.casework.words import _, ngettext


@dataclass(frozen=True, slots=True)
class LostFacts:
    """What is known of a lost laptop, in words.

    Attributes:
        team: the team.
        laptop: what the laptop is called.
        who: whose it is, with their work and agency.
        day: today.
        heard: when it last shared anything that arrived; empty for never.
        held: of each audience it may hold: its title, and what; empty where that is not known here.
        clients: about how many clients that is; 0 where it is not known.
        police: whether records of the police may be among it.
        missing: how many of its bundles others have and this laptop has not.
        out: whether it is out of the team.
        stale: the audiences whose key it still knows.
        leads: who leads what it may hold.
    """

    team: str
    laptop: str
    who: str
    day: str
    heard: str
    held: Sequence[tuple[str, str]]
    clients: int
    police: bool
    missing: int
    out: bool
    stale: Sequence[str]
    leads: Sequence[str]


def draft(facts: LostFacts) -> str:
    """Return the note: paragraphs with an empty line between, each with its heading first."""
    parts = (
        _happened(facts),
        _held(facts),
        _protected(),
        (
            _("Likely consequences"),
            _("[What could follow for the people concerned, and how likely.]"),
        ),
        _done(facts),
        _told(facts),
        (
            _("Contact"),
            _("[Name and contact of the data protection officer, or of whoever can say more.]"),
        ),
    )
    return "\n\n".join("\n".join(part) for part in parts)


def follow(typed: str, before: str, now: str) -> str:
    """Return a note with what has become known since, where nobody has altered those lines.

    Args:
        typed: the note as it stands.
        before: the draft it began from.
        now: a draft of what is known now.
    """
    old, new = before.splitlines(), now.splitlines()
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, first, last, start, end in changes:
        back = min(first, start, 1) if kind != "replace" else 0  # with the line that stands before
        was, is_ = "\n".join(old[first - back : last]), "\n".join(new[start - back : end])
        if kind != "equal" and was and was in typed:
            typed = typed.replace(was, is_, 1)
    return typed


def _happened(facts: LostFacts) -> tuple[str, ...]:
    said = {"laptop": facts.laptop, "team": facts.team, "who": facts.who}
    return (
        _("What happened"),
        _("%(laptop)s, a laptop of the team %(team)s used by %(who)s, is lost.") % said,
        _("[Where, when and how: lost, stolen, left behind. Who noticed it.]"),
        _("We became aware of it on [day and time]."),
    )


def _held(facts: LostFacts) -> tuple[str, ...]:
    since = (
        _("What last arrived from it was sealed on %(when)s. By then it held:")
        % {"when": facts.heard}
        if facts.heard
        else _("Nothing it shared has arrived. It may hold:")
    )
    lines = [
        f"- {title}: {what}"
        if what
        else _("- %(what)s: [its lead says how much]") % {"what": title}
        for title, what in facts.held
    ]
    about = (
        ngettext(
            "As far as this can be counted, it is about %(n)d person.",
            "As far as this can be counted, it is about %(n)d people.",
            facts.clients,
        )
        % {"n": facts.clients}
        if facts.clients
        else _("About how many people: [number].")
    )
    unsent = _(
        "What it received or wrote since then is not known; what it wrote and never shared is on "
        "that laptop only."
    )
    more = (
        ngettext(
            "%(n)d bundle it sent has reached others and not yet the coordinator.",
            "%(n)d bundles it sent have reached others and not yet the coordinator.",
            facts.missing,
        )
        % {"n": facts.missing},
    )
    return (_("What it held"), since, *lines, about, unsent, *(more if facts.missing else ()))


def _protected() -> tuple[str, ...]:
    return (
        _("How it was protected"),
        _(
            "The casebook is encrypted (AES-256). Its key is locked with a passphrase, which costs "
            "every guess much time and memory (Argon2id). Tandem offers five random words and "
            "refuses what is easily guessed. It locks itself after at most 15 minutes without use."
        ),
        _(
            "Not known: whether it was open when it was lost; whether the passphrase was with it; "
            "how strong the passphrase is. [What the person whose laptop it is says. Whether the "
            "disk is encrypted.]"
        ),
    )


def _done(facts: LostFacts) -> tuple[str, ...]:
    out = (
        _(
            "It was taken out of the team: it reads nothing shared since, and what it sends is "
            "kept aside."
        )
        if facts.out
        else _(
            "It is not taken out of the team yet: it can read what is shared. [When it will be.]"
        )
    )
    keys = (
        _("These keys are still to be made anew: %(what)s.") % {"what": ", ".join(facts.stale)}
        if facts.stale
        else _("Every key this laptop can see was made anew. [Say so of the others, once it is.]")
    )
    return (
        _("What was done"),
        out,
        *((keys,) if facts.out else ()),
        _("[What else: the police told, the network account closed.]"),
    )


def _told(facts: LostFacts) -> tuple[str, ...]:
    return (
        _("Who is told"),
        *(_("- Lead: %(who)s [told when]") % {"who": one} for one in facts.leads),
        _("- Data protection officer of each agency: [names, told when]"),
        *whom_to_tell(police=facts.police),
        _("[Who decided whether the ICO and the people concerned are told, when, and why.]"),
    )


def whom_to_tell(*, police: bool) -> list[str]:
    """Return what the law asks, in sentences.

    Args:
        police: whether records of the police may be among what was lost.
    """
    ico = _(
        "- The Information Commissioner (ICO), within 72 hours of becoming aware, unless a risk to "
        "people is unlikely (UK GDPR art. 33). If later, say why."
    )
    people = _(
        "- The people concerned, without undue delay, if the risk to them is high; not where what "
        "was lost is unreadable to whoever has it (UK GDPR art. 34)."
    )
    law = _(
        "- For records of the police, DPA 2018 s.67 (ICO, 72 hours) and s.68 (people concerned) "
        "ask the same."
    )
    return [ico, people, *((law,) if police else ())]
