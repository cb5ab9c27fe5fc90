"""Reading the pages of papers in tests."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.committees.backplan import Calendar
from governance.committees.models import PublishedFigure


def figure(paper, name, movement="", **dimension):
    wanted = {"key": f"actions.{name}", "movement": movement, "dimension": dimension}
    return PublishedFigure.objects.get(paper=paper, **wanted)


def address(figure):
    return reverse("committees:published_figure", args=[figure.paper_id, figure.position])


def read(client, url, **options):
    answer = client.get(url, **options)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def queries_of(client, url):
    """How many questions the page asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        read(client, url)
    return len(asked)


def plainly(page):
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", page).replace("&#x27;", "'").split())


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def at(name, *keys):
    return reverse(f"committees:{name}", args=keys)


def sent(browser, address, **typed):
    return plainly(browser.post(address, typed, follow=True).content.decode())


def planned(meeting):
    return Calendar.current().plan(meeting)


def days(meeting):
    return {each.step: each.on for each in planned(meeting).steps}
