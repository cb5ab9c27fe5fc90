"""Where an asset may go from where it stands, for files: as on the page of its state."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assets.models import Disposal
from assets.models.states import refused
from governance.people.registers.sheet import Values, Watch


def watch_assets(keys: Collection[int]) -> Watch:
    """Knows the open disposals of these assets: one query, however many rows a file has."""
    blocking: dict[int, list[Disposal]] = {}
    wanted = set(keys)
    for disposal in Disposal.objects.open().order_by("reference"):  # few, beside the keys of a file
        if disposal.asset_id in wanted:
            blocking.setdefault(disposal.asset_id, []).append(disposal)

    def watch(before: Values, after: Values) -> Iterator[tuple[str, str]]:
        """The step to another state, where the table of steps or an open disposal does not allow it."""
        to = after["state"]
        if to == before["state"]:
            return
        if why := refused(before["state"], to):
            yield "state", f"{before['reference']} {why}"
        elif found := [each for each in blocking.get(before["id"], ()) if each.blocks(to)]:
            yield "state", found[0].in_the_way_of(before["reference"])

    return watch
