"""What belongs to bodies and meetings, for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from governance.committees.models import (
    Attendance,
    MembersQuestion,
    Minutes,
    Period,
    PublicationRule,
    ReportingLine,
    Seat,
)
from tests.committees.factories import BodyFactory, MeetingFactory
from tests.factories import PostFactory

BEGAN = date(2016, 5, 1)


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    body = factory.SubFactory(BodyFactory)
    post = factory.SubFactory(PostFactory)
    from_on = BEGAN


class ReportingLineFactory(DjangoModelFactory):
    class Meta:
        model = ReportingLine

    body = factory.SubFactory(BodyFactory)
    above = factory.SubFactory(BodyFactory)
    from_on = BEGAN


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    post = factory.SubFactory(PostFactory)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = MembersQuestion

    meeting = factory.SubFactory(MeetingFactory)
    asked_by = "A member of the committee"
    question = "When will all actions be complete?"


class MinutesFactory(DjangoModelFactory):
    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    text = "The committee noted the progress."


class PublicationRuleFactory(DjangoModelFactory):
    class Meta:
        model = PublicationRule

    from_on = BEGAN


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = Period

    kind = Period.Kind.CLOSURE
    name = "Between Christmas and New Year"
    from_on = date(2016, 12, 28)
    until_on = date(2016, 12, 30)
