# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may be put on the casebook.

Rules, each with a test:

* Adults only: nobody who is, or may by what we know be, under 18. No list of children is kept.
* Without a date of birth, or a year, nobody is put on a list of the initiative: nobody would know.
* Somebody needs a name of some kind: a surname, a first name, or what they are called.
* What is said of a name (see `names`) holds for every name of theirs, and each is kept with its
  accents composed and its spaces single.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.dates import age
from desktop_app.casework.forms import Problem
from desktop_app.casework.names import problem_in, tidy
from desktop_app.casework.records import Answers
from desktop_app.casework.words import _

ADULT = 18
NAMED = ("surname", "forename", "known_as")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What these rules need of a client."""

    form: ClassVar[str] = "client"
    surname: str
    forename: str
    known_as: str
    aliases: tuple[str, ...]
    born: str


def problems(answers: Answers, *, on: date) -> list[Problem]:
    """Return what keeps somebody off the casebook.

    Args:
        answers: what has been answered about the client; anything may stand in it.
        on: the day they are put on it.
    """
    found = [Problem(field, wrong) for field, wrong in _names(answers) if wrong]
    if not any(_text(answers, field) for field in NAMED):
        found.append(Problem("surname", _("Give a name, or what they are called.")))
    too_young = _under_age(_text(answers, "born"), on)
    if too_young:
        found.append(Problem("born", too_young))
    return found


def on_no_list(answers: Answers, *, on: date) -> str:
    """Return why somebody cannot be put on any list of the initiative; empty when they can.

    Without any date of birth nobody knows that they are an adult.
    """
    born = _text(answers, "born")
    if age(born.removesuffix("~"), on) is None:
        return _(
            "Nobody under 18 is put on a list. Give their date of birth first, or the year if "
            "that is all anybody knows."
        )
    return _under_age(born, on)


def with_tidy_names(answers: Answers) -> Answers:
    """Return what was answered about a client, the names as they are to be kept."""
    tidied: Answers = {
        name: tidy(said) for name in NAMED if isinstance(said := answers.get(name), str)
    }
    aliases = answers.get("aliases")
    if isinstance(aliases, list):
        tidied["aliases"] = [tidy(one) if isinstance(one, str) else one for one in aliases]
    return {**answers, **tidied}


def _under_age(born: str, on: date) -> str:
    """Return why a remembered date of birth cannot be accepted; empty when it can."""
    years = age(born.removesuffix("~"), on)
    if years is None or years >= ADULT + (1 if born.endswith("~") else 0):
        return ""
    if len(born) == len("1989-03-14"):
        return _("Tandem is for adults. Nobody under 18 is put on the casebook.")
    return _("They may be under 18. Give the whole date of birth, or ask somebody who knows it.")


def _names(answers: Answers) -> list[tuple[str, str]]:
    aliases = answers.get("aliases")
    given = [(field, _text(answers, field)) for field in NAMED]
    if isinstance(aliases, list):
        given += [("aliases", one) for one in aliases if isinstance(one, str)]
    return [(field, problem_in(name)) for field, name in given]


def _text(answers: Answers, field: str) -> str:
    value = answers.get(field)
    return value.strip() if isinstance(value, str) else ""
