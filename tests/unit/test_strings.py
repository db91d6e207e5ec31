# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Every visible string: gathered for translators, and in the words of the trade."""

import re

import pytest
import strings

from desktop_app.casework.forms import forms

# Words that hurt, or that a worker would have to learn from a computer. House glossary.
NEVER_SAID = {
    r"addicts?|abusers?": "say: client",
    r"clean|dirty": "say what was found, never what somebody is",
    r"non-?complian(t|ce)": "say what was agreed and what was not done",
    r"suspects?": "say: client, or the person named",
    r"users?|service users?|patients?": "say: client for who is helped, worker for who signs in",
    r"admin|administrator|superuser": "say: coordinator",
    r"synchroni[sz]\w+|payload|database|quarantine\w*": "say: share, store, set aside",
    r"upload\w*|download\w*|metadata|node": "say what becomes of the person's work",
    r"log ?(in|out|on|off)": "say: sign in, lock",
    r"invalid|illegal|fatal|error": "say what happened, what is safe, what to do",
    r"organi[z]\w+|recogni[z]\w+|color\w*|behavior\w*|canceled|center": "British English",
    r"sorry|oops": "calm and short",
}


@pytest.fixture(scope="module")
def said() -> list[str]:
    found: list[str] = []
    for message in strings.messages():
        found += [message] if isinstance(message, str) else message
    return found


def test_the_catalogue_is_what_the_sources_say() -> None:
    fresh = strings.CATALOGUE.read_text(encoding="utf-8") == strings.catalogue()
    assert fresh, "`make strings` writes it anew"


@pytest.mark.parametrize("words", NEVER_SAID)
def test_no_string_uses_a_word_of_computing_or_of_blame(said: list[str], words: str) -> None:
    pattern = re.compile(rf"\b({words})\b", re.IGNORECASE)
    assert [one for one in said if pattern.search(one)] == [], NEVER_SAID[words]


def test_labels_have_no_colon_behind_them() -> None:
    labels = [one.label for form in forms().values() for one in form.field]
    assert [label for label in labels if label.rstrip().endswith(":")] == []


def test_a_plural_is_filled_in_with_the_same_names_as_its_singular() -> None:
    for message in strings.messages():
        if isinstance(message, tuple):
            one, many = (set(re.findall(r"%\((\w+)\)", text)) for text in message)
            assert one <= many, message


def test_several_words_are_filled_in_by_name_so_that_a_translator_may_turn_them_round(
    said: list[str],
) -> None:
    assert [one for one in said if len(re.findall(r"%[sdif]", one.replace("%%", ""))) > 1] == []


def test_an_alt_letter_is_only_ever_marked_once(said: list[str]) -> None:
    marked = [len(re.findall(r"&\w", one.replace("&&", ""))) for one in said]
    assert max(marked) <= 1
