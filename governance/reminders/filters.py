"""The filters of who was told what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet

from assets.models import Asset
from governance.core.forms import DateField
from governance.people.waiting import KINDS, kept_from
from governance.reminders.models import Digest, DigestQuerySet

if TYPE_CHECKING:
    from governance.people.models import User


class DayFilter(Filter):
    """A day in three fields."""

    field_class = DateField


class ToldFilter(FilterSet):
    """Post, kind, state, days, and the asset it was about, of those that the person may open."""

    post = ChoiceFilter(label="Post told", empty_label="All posts")
    kind = ChoiceFilter(label="Of what", method="only_kind", empty_label="Anything")
    state = ChoiceFilter(label="State", choices=Digest.State.choices, empty_label="All states")
    about = CharFilter(label="About which asset", method="only_about", max_length=20)
    from_on = DayFilter(label="From", field_name="day", lookup_expr="gte")
    until_on = DayFilter(label="Until", field_name="day", lookup_expr="lte")

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        posts, secret = Digest.objects.known_to(person).posts(), kept_from(person)
        self.filters["post"].extra["choices"] = [(post, post) for post in posts]
        kinds = [(kind, words) for kind, words in KINDS.items() if kind not in secret]
        self.filters["kind"].extra["choices"] = kinds
        self.filters["about"].extra["help_text"] = "Its reference, such as IA-0042"

    def only_kind(self, found: DigestQuerySet, name: str, wanted: str) -> QuerySet[Any]:
        """Those that told of it, alone or beside other things."""
        return found.of_kind(wanted)

    def only_about(self, found: DigestQuerySet, name: str, typed: str) -> QuerySet[Any]:
        """Those about an asset; none about one that the reader may not open."""
        asset = Asset.objects.visible_to(self.person).filter(reference__iexact=typed.strip()).first()
        return found.about(asset.reference) if asset else found.none()
