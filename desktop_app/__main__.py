# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The front door: `python -m desktop_app` starts Tandem."""

from ui.cli import main

raise SystemExit(main())
