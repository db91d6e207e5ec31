# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Every way in: the window and the command line."""

import builtins
import gc


def import_plainly() -> None:
    """Import modules as Python does.

    Once PySide is loaded it reads the source of every module again, in case somebody has asked for
    snake_case methods. Nobody here has, and a quarter of the time to start goes by with it.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


import_plainly()  # the frozen program loads Qt before anything of ours
gc.freeze()  # that stays: not to be looked through for what nobody uses
