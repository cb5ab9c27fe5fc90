"""Bodies, meetings and papers for tests."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from governance.committees.models import Body, Meeting, Paper, Restatement
from governance.core.dates import today
from tests.factories import UserFactory


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    code = factory.Sequence(lambda n: f"body-{n}")
    name = factory.Sequence(lambda n: f"Audit and Procurement Committee {n}")
    kind = Body.Kind.COMMITTEE


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    held_on = date(2016, 10, 24)
    place = "Committee Room 2"


class PaperFactory(DjangoModelFactory):
    """A draft; `plans` puts plans on it. With `to_come=True` it meets today, and can be issued."""

    class Meta:
        model = Paper
        skip_postgeneration_save = True

    class Params:
        to_come = factory.Trait(
            meeting=factory.SubFactory(MeetingFactory, held_on=factory.LazyFunction(today))
        )

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Progress on the action plan {n}")
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def plans(paper, create, plans):  # noqa: N805 - factory_boy hands over the paper
        for position, plan in enumerate(plans or (), 1):
            paper.plan_links.create(plan=plan, position=position)


def restated(paper):
    """That one action of the paper's total is known not to have been there."""
    figure = paper.figures.get(key="actions.total", dimension={}, movement="")
    entry = figure.entries.first()
    return Restatement.objects.create(
        figure=figure,
        number=1,
        known_before=timezone.now(),
        now=figure.value - 1,
        went=[{"subject": entry.subject, "reference": entry.reference}],
    )
