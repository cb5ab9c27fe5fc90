"""When assets are due, reckoned at any moment from the rule as it stood then; the pages that list them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from assets import figures
from assets.figures import disposal as disposal_figures
from assets.figures import retention as due
from assets.models import Asset, RetentionRule
from governance.core.dates import today
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from tests.assets.factories_retention import DisposalFactory, HoldFactory, RuleFactory, both_agree
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db
NOW, ALL = Moment.now, Scope()


def years_ago(years, days=0):
    day = today()
    return date(day.year - years, day.month, min(day.day, 28)) + timedelta(days=days)


@pytest.fixture
def register():
    """One asset of each kind, by name."""
    six = RuleFactory()
    made = {
        "over": AssetFactory(retention_rule=six, retention_from=years_ago(8)),
        "held": AssetFactory(retention_rule=six, retention_from=years_ago(9)),
        "soon": AssetFactory(retention_rule=six, retention_from=years_ago(6, days=40)),
        "later": AssetFactory(retention_rule=six, retention_from=years_ago(1)),
        "no day": AssetFactory(retention_rule=six),
        "words only": AssetFactory(
            retention_rule=RuleFactory(months=None, words="Life of building"), retention_from=years_ago(3)
        ),
        "permanent": AssetFactory(
            retention_rule=RuleFactory(months=None, is_permanent=True, action="permanent", words="Permanent"),
            retention_from=years_ago(50),
        ),
        "no rule": AssetFactory(),
        "gone": AssetFactory(retention_rule=six, retention_from=years_ago(8), state="disposed"),
    }
    HoldFactory(assets=[made["held"], made["no rule"]])
    return made


def counted(figure, register):
    """The names of the assets that a figure counts now."""
    keys = set(figure.rows(NOW(), ALL).values_list("id", flat=True))
    return {name for name, asset in register.items() if asset.pk in keys}


@pytest.mark.parametrize(
    ("figure", "names"),
    [
        (due.under_rule, {"over", "held", "soon", "later", "no day", "words only", "permanent"}),
        (due.retention_scheduled, {"over", "held", "soon", "later", "no day", "words only"}),
        (due.disposal_due, {"over", "held"}),
        (due.disposal_due_soon, {"soon"}),
        (due.over_retained, {"over"}),
        (due.on_hold, {"held", "no rule"}),
        (due.retention_needs_judgement, {"no day", "words only"}),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_what_each_figure_counts(register, figure, names):
    assert counted(figure, register) == names
    assert figure.value(NOW(), ALL) == len(figure.entries(NOW(), ALL)) == len(names)


def test_the_grouped_counts_are_the_figures_one_by_one(register):
    found = due.retention_counts(NOW(), ALL)
    assert found == {key: FIGURES[key].value(NOW(), ALL) for key in found}
    DisposalFactory()
    DisposalFactory(agreed=True)
    DisposalFactory(carried_out=True)
    found = disposal_figures.disposal_counts(NOW(), ALL)
    assert found == {key: FIGURES[key].value(NOW(), ALL) for key in found}
    assert sum(found.values()) == 3


def test_keeping_longer_moves_the_day(register):
    until = today() + timedelta(days=500)
    both_agree(DisposalFactory(asset=register["over"], outcome="keep", keep_until=until))
    assert counted(due.over_retained, register) == set()
    both_agree(DisposalFactory(asset=register["words only"], outcome="keep", keep_until=until))
    assert counted(due.retention_needs_judgement, register) == {"no day"}


def test_keeping_a_part_longer_moves_nothing(register):
    until = today() + timedelta(days=500)
    both_agree(DisposalFactory(asset=register["over"], outcome="keep", keep_until=until, part="Maps"))
    assert counted(due.over_retained, register) == {"over"}


def test_the_rule_counts_as_it_stood_then():
    asset = AssetFactory(retention_rule=RuleFactory(), retention_from=years_ago(8))
    before = Moment(today(), asset.history.latest().history_date + timedelta(microseconds=1))
    assert due.over_retained.value(before, ALL) == 1
    RetentionRule.objects.update(months=12 * 50)
    assert due.over_retained.value(NOW(), ALL) == 0
    assert due.over_retained.value(before, ALL) == 1


def test_a_hold_counts_as_it_stood_then():
    asset = AssetFactory()
    hold = HoldFactory(assets=[asset])
    before = Moment(today(), hold.covers.get().history.latest().history_date + timedelta(microseconds=1))
    hold.lift(by=hold.placed_by, on=date(2016, 6, 1), reason="Settled")
    assert due.on_hold.value(NOW(), ALL) == 0
    assert due.on_hold.value(before, ALL) == 1


def test_figures_count_the_units_of_their_scope(register):
    scope = Scope(units=(register["over"].unit.code,))
    assert due.over_retained.value(NOW(), scope) == 1
    assert due.on_hold.value(NOW(), scope) == 0
    assert due.over_retained.by(NOW(), ALL, "unit") == {register["over"].unit.code: 1}
    assert figures.total.value(NOW(), scope) == 1


# Pages


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("due", {"over", "held"}),
        ("soon", {"soon"}),
        ("over", {"over"}),
        ("hold", {"held"}),
        ("judgement", {"no day", "words only"}),
    ],
)
def test_the_due_list_is_filtered_as_the_figures_count(register, ig_officer, wanted, names):
    page = signed_in(ig_officer).get(reverse("assets:due"), {"due": wanted}).content.decode()
    assert {name for name, asset in register.items() if f">{asset.reference}</a>" in page} == names


def test_the_due_list_is_sorted_by_the_day(register, ig_officer):
    page = signed_in(ig_officer).get(reverse("assets:due"), {"sort": "due_on"}).content.decode()
    places = [page.index(f">{register[name].reference}</a>") for name in ("held", "over", "soon", "later")]
    assert places == sorted(places)


def test_the_report_says_by_unit_how_many_days_over(register, ig_officer):
    page = signed_in(ig_officer).get(reverse("assets:over_retained")).content.decode()
    over = register["over"]
    since = due.over_retained.rows(NOW(), ALL).get().due_on
    assert over.unit.name in page
    assert f">{(today() - since).days}</td>" in page
    assert register["held"].reference not in page


def test_an_owner_sees_of_the_report_only_what_is_theirs(register, owner):
    page = signed_in(owner).get(reverse("assets:over_retained")).content.decode()
    assert f">{register['over'].reference}</a>" not in page


@pytest.mark.parametrize("name", ["assets:due", "assets:over_retained", "assets:schedule"])
def test_lists_take_a_constant_number_of_queries(ig_officer, django_assert_max_num_queries, name):
    client, rule = signed_in(ig_officer), RuleFactory()
    for start, number in ((6000, 10), (7000, 200)):
        owner = AssetFactory().owner
        Asset.objects.bulk_create(
            Asset(reference=f"IA-{n}", title="x", owner=owner, unit=owner.unit, form="data",
                  retention_rule=rule, retention_from=years_ago(8))
            for n in range(start, start + number)
        )  # fmt: skip
        RuleFactory.create_batch(10)
        with django_assert_max_num_queries(12):
            client.get(reverse(name))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("over", "Was due for disposal on"),
        ("later", "Due for disposal on"),
        ("no day", "nobody has said from when its period runs (6 years after closure)"),
        ("words only", "its period cannot be reckoned (Life of building)"),
        ("permanent", "Kept permanently: Permanent."),
        ("no rule", "No rule of the retention schedule is applied"),
    ],
)
def test_the_asset_says_when_it_is_due_or_why_nobody_can_say(register, ig_officer, name, sentence):
    page = signed_in(ig_officer).get(register[name].get_absolute_url()).content.decode()
    assert sentence in page


def test_an_asset_kept_longer_says_that_this_was_agreed(register, ig_officer):
    until = date(today().year + 2, 3, 31)
    both_agree(DisposalFactory(asset=register["over"], outcome="keep", keep_until=until))
    page = signed_in(ig_officer).get(register["over"].get_absolute_url()).content.decode()
    assert f"Due for disposal on 31 March {until.year}: it was agreed to keep it until then." in page


@pytest.mark.parametrize(
    ("action", "words"), [("review", "Due for review on"), ("archive", "Due for transfer to")]
)
def test_what_falls_due_is_what_the_rule_says(ig_officer, action, words):
    asset = AssetFactory(retention_rule=RuleFactory(action=action), retention_from=years_ago(1))
    assert words in signed_in(ig_officer).get(asset.get_absolute_url()).content.decode()
