"""An upload is stopped at the limit while it arrives: nothing above it reaches a disk or the memory."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.core.packed import LARGEST_FILE, MEGABYTE
from governance.core.uploads import READ_TO_THE_END
from governance.exchange.models import Batch
from tests.cast import signed_in

BOUNDARY = "--------custodian"
TOO_LARGE = "The file must be smaller than 10 MB. Split it into several"


class Arriving:
    """A body that arrives piece by piece; it notes how much was read, and how much lies in the folder."""

    def __init__(self, head, length, tail, folder):
        self.head, self.tail, self.left, self.folder = BytesIO(head), BytesIO(tail), length, folder
        self.taken = self.spooled = 0

    def read(self, size=65_536):
        self.spooled = max(self.spooled, sum(file.stat().st_size for file in self.folder.iterdir()))
        piece = self.head.read(size)
        if not piece:
            piece = b"a" * min(size, self.left)
            self.left -= len(piece)
        piece = piece or self.tail.read(size)
        self.taken += len(piece)
        return piece

    readline = read


def field(name, value):
    said = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
    return said.encode()


def sent(client, length, folder, *, address=None):
    """What answers a body with a file of that length, and the body."""
    file = (
        'Content-Disposition: form-data; name="file"; filename="long.csv"\r\nContent-Type: text/csv\r\n\r\n'
    )
    head = field("register", "assets") + f"--{BOUNDARY}\r\n{file}".encode()
    tail = b"\r\n" + field("source", "Housing") + f"--{BOUNDARY}--\r\n".encode()
    body = Arriving(head, length, tail, folder)
    answer = client.request(**{
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address or reverse("exchange:upload"),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": len(head) + length + len(tail),
        "wsgi.input": body,
    })  # fmt: skip
    return answer, body


@pytest.fixture
def folder(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


def test_nothing_of_thirty_megabytes_is_spooled_and_what_else_was_typed_stays(officer, folder):
    answer, body = sent(officer, 30 * MEGABYTE, folder)
    assert TOO_LARGE in answer.content.decode()
    assert b'value="Housing"' in answer.content
    assert body.spooled == 0
    assert not Batch.objects.exists()


def test_a_file_whose_length_nobody_announced_is_kept_up_to_the_limit_at_most(officer, folder):
    answer, body = sent(officer, LARGEST_FILE + MEGABYTE // 2, folder)  # within what fields may take
    assert TOO_LARGE in answer.content.decode()
    assert 0 < body.spooled <= LARGEST_FILE
    assert not list(folder.iterdir())


def test_what_is_far_too_long_is_not_read_on(officer, folder):
    answer, body = sent(officer, 2_000 * MEGABYTE, folder)
    assert TOO_LARGE in answer.content.decode()
    assert body.taken < MEGABYTE < READ_TO_THE_END
    assert body.spooled == 0


def test_strangers_cannot_fill_the_disk_at_the_door_either(client, db, folder):
    _, body = sent(client, 30 * MEGABYTE, folder, address=reverse("account_login"))
    assert body.spooled == 0


def test_a_file_just_below_the_limit_arrives_whole(officer, folder):
    answer, body = sent(officer, LARGEST_FILE - 100, folder)
    assert TOO_LARGE not in answer.content.decode()
    assert body.spooled > LARGEST_FILE - 2 * MEGABYTE


def test_a_short_file_is_taken_from_memory_as_before(officer, folder):
    file = SimpleUploadedFile("short.csv", b"Title,Form\r\nStaff files,Paper\r\n")
    said = {"register": "assets", "file": file, "source": "Housing"}
    assert officer.post(reverse("exchange:upload"), said).status_code == 302
    assert bytes(Batch.objects.get().file.data).endswith(b"Staff files,Paper\r\n")
