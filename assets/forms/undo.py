"""Undoing one change of an asset."""

from __future__ import annotations

from governance.people.registers.change_forms import UndoForm


class UndoAssetForm(UndoForm):
    """Which fields of a change of an asset to undo, and why."""

    permission = "assets.change_asset"
