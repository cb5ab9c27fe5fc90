"""The papers that the worker has made, as files: what a newcomer opens first."""

from pathlib import Path

from governance.committees.models import Rendering
from governance.core.dates import long_date


def all_is_made() -> bool:
    """Whether no paper waits for a worker or is being made."""
    return not Rendering.objects.filter(state__in=[Rendering.State.QUEUED, Rendering.State.RUNNING]).exists()


def keep_papers(folder: Path) -> list[str]:
    """Write every paper that is ready to the folder; one line each, by meeting, with the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    of_papers = Rendering.objects.filter(format=Rendering.Format.PDF).order_by(
        "paper__meeting__held_on", "pk"
    )
    return [_keep(rendering, folder) for rendering in of_papers.select_related("paper__meeting")]


def _keep(rendering: Rendering, folder: Path) -> str:
    meeting = f"Paper for {long_date(rendering.paper.meeting.held_on)}"
    if not rendering.file:
        return f"{meeting}: {rendering.error or rendering.get_state_display()}"
    place = folder / Path(rendering.filename).name
    place.write_bytes(rendering.file)
    return f"{meeting}: {place}"
