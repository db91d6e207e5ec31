# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Everything Tandem ships that is not code: forms, code lists, icons, fonts, words."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def folder(name: str) -> Traversable:
    """Return a shipped folder, in the checkout, an installation and the frozen program alike."""
    return files("resources") / name
