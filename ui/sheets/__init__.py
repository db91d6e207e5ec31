# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Spreadsheets on their way in: opened, read line by line, taken in beside the work."""
