"""Files that are brought as evidence are shown to the council's malware scanner, if it has one."""

from __future__ import annotations

import logging
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

from actions.services.filekinds import FileKindError

logger = logging.getLogger(__name__)
TO_SCAN = "to-scan-"  # what a worker that is killed leaves of it, `check_evidence --remove` takes


def scan(name: str, data: bytes) -> None:
    """Run EVIDENCE_SCANNER on the file before anything of it is kept. Raises FileKindError unless it says in
    time, by ending with 0, that nothing is wrong. Without a scanner nothing is asked."""
    if not settings.EVIDENCE_SCANNER:
        return
    folder = Path(settings.EVIDENCE_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=TO_SCAN) as brought:  # for this account alone
        brought.write(data)
        brought.flush()
        _ask(name, brought.name)


def _ask(name: str, path: str) -> None:
    command = [*settings.EVIDENCE_SCANNER, path]
    try:
        said = subprocess.run(  # noqa: S603 - the council's own program, named in the settings
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=settings.EVIDENCE_SCANNER_SECONDS,
        )
    except subprocess.TimeoutExpired:
        logger.error("The malware scanner took too long with a file that was brought as evidence")
        raise FileKindError(
            f"“{name}” is not kept: the malware scanner took too long. Try again later"
        ) from None
    except OSError as wrong:
        logger.error("The malware scanner cannot be started: %s", wrong)
        raise FileKindError(
            f"“{name}” is not kept: the malware scanner cannot be started. Tell whoever looks after Custodian"
        ) from None
    if said.returncode:
        words = (said.stdout + said.stderr).decode(errors="replace").strip()
        logger.error("The malware scanner ended with %s: %s", said.returncode, words[:500])
        raise FileKindError(f"“{name}” is not kept: the malware scanner refused it")
