# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tandem: the offline casebook for joint outreach."""

__version__ = "0.1.0"
