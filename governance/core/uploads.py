"""Uploads are stopped while they arrive: nothing above the limit is written to a disk or kept in memory."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from governance.core.packed import LARGEST_FILE, MEGABYTE

BESIDE_THE_FILE = MEGABYTE  # what the other fields of a form and the signs between them may take
READ_TO_THE_END = 50 * MEGABYTE


class UpToTheLimit(FileUploadHandler):
    """Takes no more of a file than may be uploaded; comes first in FILE_UPLOAD_HANDLERS, so also for others.

    A body that is a little too long is read to its end and thrown away, so that the other fields arrive and
    the page can say what is wrong. One that is far too long is not read on: nobody waits for gigabytes.
    """

    announced = received = 0  # bytes: of the whole body, and of the file so far
    was_stopped = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the length that is announced, before anything is read."""
        self.announced = content_length

    def new_file(self, *args: Any, **options: Any) -> None:
        """A file begins. Raises StopUpload in a body that is far too long."""
        super().new_file(*args, **options)
        self.received = 0
        if self.announced > READ_TO_THE_END:
            self.was_stopped = True
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """What the handlers after this one may keep: nothing of a file that is too large."""
        self.received += len(raw_data)
        too_large = self.received > LARGEST_FILE or self.announced > LARGEST_FILE + BESIDE_THE_FILE
        return None if too_large else raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The size of a file of which too much came, without what was in it; otherwise others have it."""
        if max(self.received, self.announced - BESIDE_THE_FILE) <= LARGEST_FILE:
            return None
        for handler in self.request.upload_handlers if self.request else ():
            if begun := getattr(handler, "file", None):
                begun.close()  # what came up to the limit
        return UploadedFile(None, self.file_name, self.content_type, max(self.received, LARGEST_FILE + 1))


def was_stopped(request: HttpRequest) -> bool:
    """Was the body of the request not read to its end, since it was far too long?"""
    return any(getattr(handler, "was_stopped", False) for handler in request.upload_handlers)
