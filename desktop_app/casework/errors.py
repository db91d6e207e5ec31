# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What may go wrong, in a sentence a tired person can act on.

Every error whose text may be shown on a screen derives from `CaseworkError`. Its text says what
happened, what is safe and what to do. It never holds a name, a note or a key.
"""


class CaseworkError(Exception):
    """Something a person should be told about, in plain words."""


class FormError(CaseworkError):
    """A form or code list shipped with Tandem is wrong: found when loaded, never in the field."""


class NotAllowed(CaseworkError):
    """This person, in the roles the roster gives them, may not do this."""


class RecordSealed(CaseworkError):
    """A sealed account can no longer be edited; only a linked correction can follow it."""
