"""Undoing one change of an asset, of an activity or of a DPIA."""

from __future__ import annotations

from governance.people.registers.change_forms import UndoForm


class UndoAssetForm(UndoForm):
    """Which fields of a change of an asset to undo, and why."""

    permission = "assets.change_asset"


class UndoActivityForm(UndoForm):
    """Which fields of a change of an activity to undo, and why."""

    permission = "assets.change_activity"


class UndoDpiaForm(UndoForm):
    """Which answers of a draft to undo, and why."""

    permission = "assets.change_dpia"
