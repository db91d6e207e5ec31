# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""House rules that no linter knows: what is never written here, how long things may get.

Each ban is a pattern and its reason. A place where a ban does not hold is named beside it, so that
an exception is a change to this file and is read by somebody.
"""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop_app import __version__
from desktop_app.casework.codes import codes, names
from desktop_app.casework.forms import forms

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ("desktop_app/", "ui/", "storage/", "sync/", "resources/")
TESTS = ("tests/",)
EVERYWHERE = ("",)
TOP_LEVEL = {
    *("desktop_app", "ui", "storage", "sync", "resources", "tests"),
    *("build.spec", "pyproject.toml", "Makefile"),
    *("README.md", "LICENSE", "CHANGELOG.md"),
}
MODULE, CLASS, FUNCTION, WINDOW = 400, 200, 40, 250


class Ban(NamedTuple):
    """What is never written, where, except in which files, and why."""

    pattern: str
    caught: str
    where: tuple[str, ...]
    because: str
    but: tuple[str, ...] = ()


BANS = (
    Ban(r"import \*", "from ui import *", EVERYWHERE, "say what you take"),
    Ban(r"# noqa(?!: )", "x = 1  # noqa", EVERYWHERE, "name the rule that is set aside"),
    Ban(r"type: ignore(?!\[)", "x = 1  # type: ignore", EVERYWHERE, "name the error set aside"),
    Ban(r"\b(TODO|FIXME|XXX)\b", "# TODO later", EVERYWHERE, "do it, or write an issue"),
    Ban(r"(?<![.\w])print\(", "print(1)", SHIPPED, "only `say` in ui/cli.py speaks"),
    Ban(
        r"\b(datetime\.(now|today)|date\.today|time\.time)\(",
        "datetime.now(UTC)",
        ("desktop_app/", "storage/", "sync/", "resources/"),
        "pass the time in",
    ),
    Ban(
        r"\blog(ger|ging)?\.\w+\(.*(name|note|answer|value|words|passphrase|key\b)",
        'log.info("saved %s", answers)',
        SHIPPED,
        "never log content",
    ),
    Ban(
        r"QMessageBox|QFileDialog|QInputDialog",
        "QMessageBox.warning(self)",
        SHIPPED,
        "ask through dialogs.py",
        ("ui/dialogs.py",),
    ),
    Ban(r"exec_\(", "app.exec_()", EVERYWHERE, "exec()"),
    Ban(r"QSettings\(", "QSettings()", SHIPPED, "it writes in the clear, unseen; ui/home.py"),
    Ban(r"QDateEdit|QDateTimeEdit", "QDateEdit()", SHIPPED, "it cannot be empty or typed over"),
    Ban(
        r"^\s*(import|from) (socket|ssl|http|urllib|ftplib|smtplib|asyncio|PySide6\.QtNetwork)\b",
        "from urllib.request import urlopen",
        SHIPPED,
        "Tandem has no network code: the share is a folder",
    ),
    Ban(
        r"^\s*(import|from) tempfile",
        "import tempfile",
        SHIPPED,
        "no clear copy, anywhere; the self-test's people are invented",
        ("ui/commands/self_test.py",),
    ),
    Ban(
        r"^\s*(import|from) (pickle|shelve|marshal)\b",
        "import pickle",
        SHIPPED,
        "reading must never run code",
    ),
    Ban(r"(?<![.\w])(eval|exec)\(", "eval(text)", SHIPPED, "data is never code"),
    Ban(
        r"^\s*(import|from) random\b",
        "import random",
        ("sync/", "storage/"),
        "what guards a secret is never guessable",
    ),
    Ban(
        r"qtbot\.wait\(|qWait\(|time\.sleep\(",
        "qtbot.wait(100)",
        TESTS,
        "wait for a signal or a condition",
    ),
    Ban(
        r"unittest\.mock|MagicMock|mocker\b",
        "from unittest.mock import Mock",
        TESTS,
        "fakes at three seams: share, clock, dialogs",
    ),
    Ban(
        r"(?i)\b(addicts?|abusers?|non-compliant|suspects?)\b",
        "known addicts",
        EVERYWHERE,
        "say: client",
    ),
    Ban(
        r"class \w*(Manager|Handler|Helper|Util|Service|Controller|Base|Impl)\b",
        "class FormManager:",
        SHIPPED,
        "a name says what a thing is",
    ),
    Ban(r"(?<![\w.])/work\b", "/work/notes", EVERYWHERE, "nobody else has this folder"),
    Ban(
        r"(?i)pypi\.org|pythonhosted|index-url|find-links|registry\.\w+|deb\.debian\.org",
        "--index-url=x",
        EVERYWHERE,
        "where packages come from is set on the machine, never in the project",
    ),
)
# These hold the words themselves.
NOT_READ = (
    "tests/unit/test_house_rules.py",
    "tests/unit/test_strings.py",
    "tests/unit/test_made_up.py",
    "resources/words.txt",
    ".ci/lock-",
)


@cache
def files(*endings: str) -> tuple[str, ...]:
    """Return what is kept: all that .gitignore does not name. Asks no git: there may be none."""
    ignored = [line.rstrip("/") for line in read(".gitignore").split()] + [".git"]
    found = []
    for folder, inner, here in os.walk(ROOT):
        inner[:] = [name for name in inner if not any(fnmatch(name, one) for one in ignored)]
        inside = Path(folder).relative_to(ROOT)
        found += [
            (inside / name).as_posix()
            for name in here
            if name.endswith(endings) and not any(fnmatch(name, one) for one in ignored)
        ]
    return tuple(sorted(found))


@cache
def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines(*told: str) -> str:
    return "\n  ".join(("", *told))


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.because)
def test_nothing_banned_is_written(ban: Ban) -> None:
    pattern = re.compile(ban.pattern)
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in files(".py", ".toml", ".md", ".yaml", ".spec", "Makefile", ".txt", ".ci/run")
        if path.startswith(ban.where) and not path.startswith((*ban.but, *NOT_READ))
        for number, line in enumerate(read(path).splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, lines(ban.because, *found)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.because)
def test_every_ban_would_be_noticed(ban: Ban) -> None:
    assert re.search(ban.pattern, ban.caught)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.because)
def test_every_exception_still_needs_to_be_one(ban: Ban) -> None:
    for place in ban.but:
        text = "".join(read(path) for path in files(".py") if path.startswith(place))
        assert re.search(ban.pattern, text, re.MULTILINE), f"{place} no longer needs it"


def trees() -> Iterator[tuple[str, ast.Module, int]]:
    for path in files(".py"):
        text = read(path)
        yield path, ast.parse(text), text.count("\n")


def test_nothing_grows_too_long_to_be_read_at_once() -> None:
    long = []
    for path, tree, size in trees():
        most = WINDOW if path == "ui/main_window.py" else MODULE
        if size > most:
            long.append(f"{path}: {size} lines, at most {most}")
        for node in ast.walk(tree):
            most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and length(node) > most:
                long.append(f"{path}:{node.lineno} {node.name}: {length(node)}, at most {most}")
    assert not long, lines(*long)


def length(node: ast.ClassDef | ast.FunctionDef) -> int:
    """Return the lines of a body; a long docstring is no reason to cut a function up."""
    said = node.body[0] if ast.get_docstring(node) else None
    words = (said.end_lineno or 0) - said.lineno + 1 if said else 0
    return (node.end_lineno or 0) - node.lineno + 1 - words


def test_every_file_says_whose_it_is_and_under_which_licence() -> None:
    bare = [
        path
        for path in files(".py", ".sql", ".spec", ".yaml", ".pot", "Makefile", ".ci/run")
        if "SPDX-License-Identifier: Apache-2.0" not in read(path)[:300]
    ]
    assert not bare, lines(*bare)


def test_every_module_says_what_it_is() -> None:
    silent = [
        path
        for path, tree, size in trees()
        if size and not ast.get_docstring(tree) and not path.startswith("tests/")
    ]
    assert not silent, lines(*silent)


def test_the_top_level_holds_what_the_house_allows_and_nothing_more() -> None:
    tops = {path.split("/")[0] for path in files("")}
    assert {one for one in tops - TOP_LEVEL if not one.startswith(".")} == set()


def test_every_icon_that_forms_and_codes_name_is_shipped() -> None:
    shipped = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    named = {form.icon for form in forms().values()}
    named |= {choice.icon for name in names() for choice in codes(name).code}
    assert named - shipped - {""} == set()


def test_one_version_is_told_everywhere() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}" in read("CHANGELOG.md")


def test_every_dependency_says_why_it_is_there() -> None:
    table = read("pyproject.toml").split("dependencies = [")[1].split("\n]")[0]
    assert [line for line in table.strip().splitlines() if "#" not in line] == []
