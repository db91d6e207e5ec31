# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Import order: whichever of our modules is imported first, it can be.

A ring of imports works or fails by who comes first: the window starts, and a test, a command or a
bench that begins elsewhere falls over. So there is no ring at all.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("desktop_app", "resources", "storage", "sync", "ui")


def modules() -> dict[str, str]:
    """Return the text of every module of ours, by its name."""
    found = {}
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        inside = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(part for part in inside if part != "__init__")] = path.read_text("utf-8")
    return found


def at_once(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported: no function, nothing for mypy."""
    for one in body:
        if isinstance(one, ast.FunctionDef):
            continue
        if isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING":
            yield from at_once(one.orelse)
            continue
        yield one
        for inner in ("body", "orelse", "finalbody", "handlers"):
            yield from at_once(getattr(one, inner, []))


def needs(text: str, known: frozenset[str]) -> set[str]:
    """Return the modules of ours that have to be imported before this text has run."""
    named = set()
    for one in at_once(ast.parse(text).body):
        if isinstance(one, ast.Import):
            named |= {alias.name for alias in one.names}
        elif isinstance(one, ast.ImportFrom):
            inner = {f"{one.module}.{alias.name}" for alias in one.names}
            named |= inner & known if inner <= known else inner | {str(one.module)}
    return named & known


def in_order(texts: dict[str, str]) -> list[str]:
    """Return the modules, each after those it needs. Raises CycleError where there is a ring."""
    known = frozenset(texts)
    wanted = {name: needs(text, known) - {name} for name, text in texts.items()}
    return list(TopologicalSorter(wanted).static_order())


def test_no_modules_import_one_another_in_a_ring() -> None:
    try:
        assert len(in_order(modules())) > 300
    except CycleError as ring:
        pytest.fail(" <- ".join(ring.args[1]))


def test_a_ring_would_be_noticed() -> None:
    ring = {
        "ui.a": "from ui import b",
        "ui.b": "if 1:\n    from ui.c import x",
        "ui.c": "import ui.a",
    }
    with pytest.raises(CycleError):
        in_order(ring)
    late = "def f():\n    import ui.a"
    spared = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ui.a"
    for text in (late, spared):
        assert in_order({**ring, "ui.c": text})[-1] == "ui.a"
