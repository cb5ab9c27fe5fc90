"""Documents that show what Northmere did: minutes, a list, and a link that serves two actions."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from actions.models import Action, Document, Status
from actions.services.evidence import add, attach
from governance.people.models import User

HANDBOOK = "https://intranet.northmere.example/information-governance/handbook"
TRAINED = "Post,Course,Completed on\r\nInformation asset owners,Information governance,2016-06-30\r\n"
MINUTES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def enter(by: User) -> None:
    """As the officer adds them on the pages of the first actions that were completed."""
    done = Action.objects.filter(plan__code="ico-2015", status=Status.COMPLETED).order_by("reference")[:4]
    if Document.objects.exists() or len(done) < 4:
        return
    first, second, third, fourth = done
    handbook = add(first, "Information Governance Handbook, first edition", file=None, link=HANDBOOK, by=by)
    attach(second, handbook)
    for action, title, name, content in (
        (third, "Minutes of the Information Management Steering Group", "minutes-2016-05.pdf", MINUTES),
        (fourth, "Who was trained", "trained-2016-06.csv", TRAINED.encode()),
    ):
        add(action, title, file=SimpleUploadedFile(name, content), link="", by=by)
