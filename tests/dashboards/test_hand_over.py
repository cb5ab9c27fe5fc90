"""Handing over everything that a post holds."""

import re
from datetime import timedelta

import pytest
from django.apps import apps

from actions.models import Status
from assets.figures import ownerless
from assets.models import System
from governance.core.dates import today
from governance.dashboards.handing import REGISTERS, hand_over, held, number_held
from governance.dashboards.models import HandOver
from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from governance.people.models import Post, PostHolding, Role
from tests.cast import signed_in
from tests.factories import (
    ActionFactory,
    AssetFactory,
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# What names the post in which something was done, or needs it: it stays as it was.
NOT_HELD = {
    "assets.Attestation.post", "assets.CampaignService.nil_post", "assets.PositionStatement.post",
    "actions.Dependency.needs_post", "people.PostHolding.post", "people.RoleAssignment.post",
}  # fmt: skip


def test_every_register_in_which_posts_hold_something_is_handed_over():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if hasattr(model, "history") or getattr(model, "append_only", False)
        for field in model._meta.concrete_fields
        if field.related_model is Post
    }
    covered = {f"{each.model._meta.label}.{field}" for each in REGISTERS for field in each.fields}
    assert covered <= pointing
    left = {name for name in pointing - covered - NOT_HELD if name.endswith((".owner", ".custodian"))}
    assert left == set()


@pytest.fixture
def successor():
    return PostHoldingFactory().post


def test_all_goes_to_the_other_post_with_one_change_and_the_reason_in_each_history(owner, successor):
    kept = AssetFactory(custodian=owner.post)
    both = AssetFactory(owner=owner.post, custodian=owner.post)
    system = System.objects.create(code="s", name="A system", owner=owner.post)
    entries = [owner.asset, owner.risk, owner.action, kept, both, system]
    versions = [entry.history.count() for entry in entries]
    with signed(owner):
        assert hand_over(owner.post, to=successor, reason="Retirement") == len(entries)
    for entry, before in zip(entries, versions, strict=True):
        entry.refresh_from_db()
        assert entry.history.count() == before + 1, entry
        assert entry.history.first().history_change_reason == "Retirement"
    assert {each.owner for each in (owner.asset, owner.risk, owner.action, both, system)} == {successor}
    assert kept.custodian == both.custodian == successor
    assert kept.owner != successor
    assert held(owner.post) == []


def test_what_is_over_stays_with_the_post_that_had_it(owner, successor):
    owner.action.report(Status.COMPLETED, effective_on=owner.action.plan.opened_on, by=owner)
    gone = AssetFactory(owner=owner.post, state="withdrawn")
    hand_over(owner.post, to=successor, reason="Retirement")
    gone.refresh_from_db()
    owner.action.refresh_from_db()
    assert gone.owner == owner.action.owner == owner.post


def goes(person, post, to, **said):
    """The answer to handing over, after looking at the page to check."""
    client, address = signed_in(person), f"/hand-over/{post.code}/"
    said = {"to": to.pk, "from_on": today(), "change_reason": "I am leaving", **said}
    return client.post(address, said | {"seen": seen_on(client.post(address, said))}, follow=True)


def seen_on(answer):
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    return found[1] if found else ""


def test_an_owner_checks_and_hands_over_all_that_the_post_holds(owner, successor):
    client, address = signed_in(owner), f"/hand-over/{owner.post.code}/"
    page = client.get(address).content.decode()
    for entry in (owner.asset, owner.risk, owner.action):
        assert entry.reference in page
    refused = client.post(address, {"to": "", "from_on": today()}).content.decode()
    assert "Enter why it is handed over" in refused
    assert "Select the post that takes over" in refused
    said = {"to": successor.pk, "from_on": today(), "change_reason": "I am leaving"}
    checked = client.post(address, said)
    assert "Check before you hand over" in checked.content.decode()
    owner.asset.refresh_from_db()
    assert owner.asset.owner == owner.post, "nothing goes before it was checked"
    changed = client.post(address, said | {"change": "yes"}).content.decode()
    assert "I am leaving" in changed
    done = client.post(address, said | {"seen": seen_on(checked)}, follow=True).content.decode()
    assert "3 entries handed over" in done
    assert "Nothing is held here" in client.post(address, said | {"seen": "x"}).content.decode()
    assert held(owner.post) == []
    given = HandOver.objects.get()
    assert (given.state, given.entries, given.done_on, given.planned_as) == ("done", 3, today(), "Owner")


def test_what_has_changed_since_it_was_checked_is_shown_again(owner, successor):
    client, address = signed_in(owner), f"/hand-over/{owner.post.code}/"
    said = {"to": successor.pk, "from_on": today(), "change_reason": "I am leaving"}
    said["seen"] = seen_on(client.post(address, said))
    AssetFactory(owner=owner.post)
    again = client.post(address, said).content.decode()
    assert "What is held has changed since you looked" in again
    assert number_held(owner.post) == 4
    assert not HandOver.objects.exists()


def test_nothing_is_handed_over_to_a_vacant_post_to_itself_or_in_the_past(owner, successor):
    for post, day in ((PostFactory(), today()), (owner.post, today()), (successor, today() - DAY)):
        assert goes(owner, owner.post, post, from_on=day).status_code == 200
    assert not HandOver.objects.exists()
    assert number_held(owner.post) == 3


def test_an_officer_hands_over_for_a_post_that_is_vacant(ig_officer, successor):
    left = AssetFactory()
    goes(ig_officer, left.owner, successor)
    left.refresh_from_db()
    assert left.owner == successor


def test_a_post_that_may_not_sign_for_what_it_gets_is_warned_of(owner, successor):
    client, address = signed_in(owner), f"/hand-over/{owner.post.code}/"
    said = {"to": successor.pk, "from_on": today(), "change_reason": "I am leaving"}
    warned = "does not carry the role of information asset owner on that day"
    assert warned in client.post(address, said).content.decode()
    RoleAssignmentFactory(post=successor, role=Role.IAO)
    assert warned not in client.post(address, said).content.decode()


def test_nobody_else_hands_over_for_a_post(cast):
    post = cast["owner"].post
    able = {who for who, person in cast.items() if person.has_perm("dashboards.hand_over", post)}
    assert able == {"owner", "ig_officer", "records_manager"}


def test_an_asset_whose_holder_leaves_is_ownerless_at_once(owner):
    PostHolding.objects.get(post=owner.post).end(today() - timedelta(days=1))
    assert ownerless.value(Moment.now(), Scope()) == 1


def test_a_post_that_holds_much_shows_some_and_counts_all(owner, django_assert_max_num_queries):
    ActionFactory.create_batch(70, owner=owner.post)
    client = signed_in(owner)
    with django_assert_max_num_queries(30):
        page = client.get(f"/hand-over/{owner.post.code}/").content.decode()
    assert "Actions (71)" in page
    assert "and 21 more" in page
