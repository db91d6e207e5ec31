# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Starting: the first page comes before whatever is behind it, and nothing holds it up later."""

import gc
import subprocess
import sys

import pytest

from ui.app import spare_what_stays


@pytest.mark.parametrize("page", ["first_run", "sign_in"])
def test_the_first_page_waits_for_nothing_that_is_behind_it(page: str) -> None:
    asked = f"""
import builtins, sys
from ui import app
import ui.pages.{page}
app.make_application()
assert builtins.__import__ is builtins.__orig_import__, "every module is read twice"
print(*(one for one in sys.modules if one.startswith(("sync", "nacl", "msgspec", "sqlcipher3"))))
"""
    done = subprocess.run(  # noqa: S603  our own Python
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_what_stays_while_the_program_runs_is_not_looked_through_again_and_again() -> None:
    gc.unfreeze()
    spare_what_stays()
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
