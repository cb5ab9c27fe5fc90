"""`manage.py check_evidence`: is every file there that was added as evidence, and as it was added?"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actions.models import DocumentVersion
from actions.services.evidence import LostFileError, content_of
from actions.services.scanning import TO_SCAN

# What is kept, and what is written for the scanner. What else lies there is somebody else's, and left alone.
OURS = re.compile(f"[0-9a-f]{{64}}|{TO_SCAN}[a-z0-9_]{{8}}")
WRITING = timedelta(days=1)  # what is younger may be named by a version that is being written


class Command(BaseCommand):
    """Compare the files with what the database says of them."""

    help = "Name files of evidence that are missing or altered, and count those that no document names"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether files that nothing names are taken away."""
        parser.add_argument("--remove", action="store_true", help="remove files that no document names")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is wrong, then how many were looked at. Ends with an error where a file is lost."""
        versions = DocumentVersion.objects.standing().exclude(kept_as="").select_related("document")
        lost = [str(wrong) for version in versions.iterator() if (wrong := _wrong(version))]
        self.stdout.writelines(f"{sentence}\n" for sentence in lost)
        unnamed = _unnamed(set(versions.values_list("kept_as", flat=True)))
        if options["remove"]:
            for path in unnamed:
                self.stdout.write(f"Removed: {path.name}")
                path.unlink(missing_ok=True)
        removed = ", removed" if options["remove"] else ""
        self.stdout.write(
            f"{versions.count()} files looked at; named by no document{removed}: {len(unnamed)}"
        )
        if lost:
            raise CommandError(f"{len(lost)} files are missing or altered: restore them from the backup")


def _wrong(version: DocumentVersion) -> LostFileError | None:
    try:
        content_of(version)
    except LostFileError as lost:
        return lost
    return None


def _unnamed(named: set[str]) -> list[Path]:
    """Files under names such as evidence has, that no standing version names, and that were written a day ago
    or earlier."""
    before = (timezone.now() - WRITING).timestamp()
    kept = (path for path in Path(settings.EVIDENCE_DIR).glob("*") if OURS.fullmatch(path.name))
    old = (path for path in kept if path.is_file() and path.stat().st_mtime < before)
    return sorted(path for path in old if path.name not in named)
