"""Disposal: proposed, decided by the owner and the records manager together, carried out, certified."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from assets.models import Asset, Disposal, DisposalMethod, Hold
from assets.services import disposal as services
from governance.core.dates import today
from governance.people.models import Role
from tests.assets.factories_retention import DisposalFactory, HoldFactory, RuleFactory, both_agree, done
from tests.cast import play, play_owner, signed_in
from tests.factories import AssetFactory, PostHoldingFactory, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db
AGREE, REFUSE = {"decision": "agree"}, {"decision": "refuse", "refusal": "Still in use"}


def decide(person, disposal, said=AGREE):
    answer = signed_in(person).post(reverse("assets:decide_disposal", args=[disposal.reference]), said)
    disposal.refresh_from_db()
    disposal.asset.refresh_from_db()
    return answer


def propose(person, asset, **said):
    said = {"outcome": "destroy", "reason": "Its period has ended"} | said
    return signed_in(person).post(reverse("assets:propose_disposal", args=[asset.reference]), said)


def carry_out(person, disposal, **said):
    day = today()
    said = {
        "what": "All files",
        "volume": "12 boxes",
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
        "method": DisposalMethod.objects.get(code="shredded").pk,
        "carried_out_by": "Shred & Co",
    } | said
    return signed_in(person).post(reverse("assets:carry_out_disposal", args=[disposal.reference]), said)


def read(answer):
    return answer.content.decode()


def test_from_the_proposal_to_the_certificate(owner, records_manager):
    asset = owner.asset
    assert propose(owner, asset).status_code == 302
    disposal = Disposal.objects.get(asset=asset)
    assert decide(records_manager, disposal).status_code == 302
    assert disposal.stage == "proposed"
    assert decide(owner, disposal).status_code == 302
    assert (disposal.stage, disposal.asset.state) == ("agreed", "to_be_disposed")
    assert carry_out(owner, disposal).status_code == 302
    disposal.refresh_from_db()
    asset.refresh_from_db()
    assert (disposal.stage, asset.state) == ("carried_out", "disposed")
    assert disposal.owner_agreed_as == owner.post.title
    page = read(signed_in(owner).get(reverse("assets:certificate", args=[disposal.reference])))
    assert disposal.fingerprint in page
    assert "Shred &amp; Co" in page
    assert owner.display_name not in page.split("<main")[1]


@pytest.mark.parametrize("first", ["owner", "manager"])
def test_either_may_agree_first(owner, records_manager, first):
    disposal = DisposalFactory(asset=owner.asset)
    pair = [owner, records_manager] if first == "owner" else [records_manager, owner]
    for person in pair:
        decide(person, disposal)
    assert disposal.stage == "agreed"


def test_nobody_agrees_as_owner_and_as_records_manager(owner):
    RoleAssignmentFactory(post=owner.post, role=Role.RECORDS_MANAGER)
    disposal = DisposalFactory(asset=owner.asset)
    decide(owner, disposal)
    assert disposal.owner_agreed_by == owner
    answer = decide(owner, disposal)
    assert answer.status_code == 200
    assert disposal.manager_agreed_by is None
    assert disposal.stage == "proposed"


def test_the_other_side_cannot_be_taken_by_asking_twice(owner, records_manager):
    """A second holder of the owner's post does not stand in for the records manager."""
    deputy = play("deputy")
    PostHoldingFactory(post=owner.post, person=deputy, kind="acting")
    disposal = DisposalFactory(asset=owner.asset)
    decide(owner, disposal)
    decide(deputy, disposal)
    assert disposal.stage == "proposed"
    assert disposal.manager_agreed_by is None


def test_a_refusal_says_why_and_ends_it(owner):
    disposal = DisposalFactory(asset=owner.asset)
    assert "Say why you refuse" in read(decide(owner, disposal, {"decision": "refuse"}))
    decide(owner, disposal, REFUSE)
    assert (disposal.stage, disposal.refusal) == ("refused", "Still in use")
    assert "stands otherwise now" in read(decide(owner, disposal, REFUSE))


def test_what_was_agreed_may_still_be_refused_and_the_asset_is_live_again(owner, records_manager):
    disposal = DisposalFactory(asset=owner.asset, agreed=True)
    decide(records_manager, disposal, REFUSE)
    assert (disposal.stage, disposal.asset.state) == ("refused", "live")


@pytest.mark.parametrize(
    ("outcome", "state"), [("destroy", "disposed"), ("archive", "transferred"), ("transfer", "transferred")]
)
def test_what_becomes_of_a_whole_asset(outcome, state):
    disposal = DisposalFactory(outcome=outcome, carried_out=True)
    assert Asset.objects.get(pk=disposal.asset_id).state == state


def test_a_part_disposed_of_leaves_the_asset_where_it_is():
    disposal = DisposalFactory(part="Files before 1990", carried_out=True)
    assert Asset.objects.get(pk=disposal.asset_id).state == "live"


def test_keeping_longer_needs_both_a_day_to_come_and_a_reason(owner, records_manager):
    assert "Enter the day until which" in read(propose(owner, owner.asset, outcome="keep"))
    past = {
        f"keep_until_{part}": value
        for part, value in zip(("day", "month", "year"), (1, 1, 2016), strict=True)
    }
    assert "must be in the future" in read(propose(owner, owner.asset, outcome="keep", **past))
    until = today() + timedelta(days=400)
    parts = {"keep_until_day": until.day, "keep_until_month": until.month, "keep_until_year": until.year}
    propose(owner, owner.asset, outcome="keep", **parts)
    disposal = Disposal.objects.get()
    decide(owner, disposal)
    decide(records_manager, disposal)
    assert (disposal.stage, disposal.keep_until, disposal.asset.state) == ("kept", until, "live")


def test_a_hold_stops_each_step_and_says_so(owner, records_manager):
    proposed = DisposalFactory(asset=owner.asset, part="Annexes")
    agreed = DisposalFactory(asset=owner.asset, agreed=True)
    hold = HoldFactory(assets=[owner.asset])
    for answer in (
        propose(owner, owner.asset, part="Maps"),
        decide(owner, proposed),
        carry_out(owner, agreed),
    ):
        assert answer.status_code == 200
        assert f"is on hold ({hold}" in read(answer)
    assert decide(owner, agreed, REFUSE).status_code == 302


def test_a_certificate_never_changes_even_if_the_asset_is_renamed(owner):
    disposal = DisposalFactory(asset=owner.asset, part="The annexes", carried_out=True)
    before = disposal.certificate
    Asset.objects.filter(pk=owner.asset.pk).update(title="Renamed")
    disposal.refresh_from_db()
    assert disposal.certificate == before
    assert disposal.is_as_certified


def test_a_certificate_that_was_tampered_with_says_so(owner):
    disposal = DisposalFactory(asset=owner.asset, carried_out=True)
    disposal.certificate = disposal.certificate | {"volume": "1 box"}
    assert not disposal.is_as_certified


def test_the_certificate_names_the_rule(owner):
    Asset.objects.filter(pk=owner.asset.pk).update(retention_rule=RuleFactory(code="HR-1", words="6 years"))
    disposal = DisposalFactory(asset=owner.asset, agreed=True)
    done(disposal)
    assert "HR-1" in disposal.certificate["rule"]


@pytest.mark.parametrize("field", ["what", "volume", "method", "carried_out_by"])
def test_nothing_is_certified_without_saying_what_and_how(owner, field):
    disposal = DisposalFactory(asset=owner.asset, agreed=True)
    answer = carry_out(owner, disposal, **{field: ""})
    assert answer.status_code == 200
    assert "There is a problem" in read(answer)
    disposal.refresh_from_db()
    assert disposal.stage == "agreed"


def test_what_is_done_is_not_done_twice(owner):
    disposal = DisposalFactory(asset=owner.asset, agreed=True)
    assert carry_out(owner, disposal).status_code == 302
    assert "stands otherwise now" in read(carry_out(owner, disposal))


def test_an_asset_is_proposed_once(owner):
    propose(owner, owner.asset)
    assert "open for the same already" in read(propose(owner, owner.asset))
    assert Disposal.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (Role.RECORDS_MANAGER, 200),
        ("owner", 200),
        (Role.IG_OFFICER, 403),
        (Role.SIRO, 403),
        ("other_owner", 404),
    ],
)
def test_who_decides(cast, who, status):
    disposal = DisposalFactory(asset=cast["owner"].asset)
    page = signed_in(cast[who]).get(reverse("assets:decide_disposal", args=[disposal.reference]))
    assert page.status_code == status


def test_the_log_takes_a_constant_number_of_queries(ig_officer, django_assert_max_num_queries):
    client = signed_in(ig_officer)
    for _ in range(2):
        DisposalFactory.create_batch(15)
        with django_assert_max_num_queries(12):
            client.get(reverse("assets:disposals"))


# At the same moment


def at_once(*sent):
    """Each request in a thread of its own, all released together; the answers in their order."""
    ready = Barrier(len(sent))

    def send(request):
        try:
            person, address, said = request
            client = signed_in(person)
            ready.wait(timeout=60)
            return client.post(address, said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(send, sent))


@pytest.mark.django_db(transaction=True)
def test_a_hold_and_a_disposal_at_the_same_moment_one_wins_cleanly():
    owner, officer = play_owner("owner"), play("ig_officer", Role.IG_OFFICER)
    hold = {"reason": "1", "title": "Claim", "authority": "Legal", "placed_on_day": "1",
            "placed_on_month": "1", "placed_on_year": "2016", "assets": owner.asset.reference}  # fmt: skip
    hold["reason"] = str(HoldFactory().reason_id)
    day = date.today()
    for _ in range(5):
        disposal = DisposalFactory(asset=owner.asset, part="A part")
        both_agree(disposal)
        said = {"what": "x", "volume": "1", "on_day": day.day, "on_month": day.month, "on_year": day.year,
                "method": DisposalMethod.objects.first().pk, "carried_out_by": "Contractor"}  # fmt: skip
        done_at = reverse("assets:carry_out_disposal", args=[disposal.reference])
        placed, carried = at_once((officer, reverse("assets:place_hold"), hold), (owner, done_at, said))
        assert placed == 302
        disposal.refresh_from_db()
        assert disposal.stage == ("carried_out" if carried == 302 else "agreed")
        for each in Hold.objects.live():
            each.lift(by=officer, on=day, reason="Next round")
        if disposal.is_open:
            Disposal.objects.filter(pk=disposal.pk).update(
                stage="refused", refused_by=officer, refused_on=day, refusal="Next round"
            )


@pytest.mark.django_db(transaction=True)
def test_owner_and_records_manager_agree_at_the_same_moment():
    owner, manager = play_owner("owner"), play("records_manager", Role.RECORDS_MANAGER)
    for n in range(3):
        disposal = DisposalFactory(asset=owner.asset, part=f"Part {n}")
        address = reverse("assets:decide_disposal", args=[disposal.reference])
        assert at_once((owner, address, AGREE), (manager, address, AGREE)) == [302, 302]
        disposal.refresh_from_db()
        assert disposal.stage == "agreed"


# The entry moves on by itself meanwhile

NOT_HELD = ["draft", "withdrawn", "disposed", "transferred"]


@pytest.mark.parametrize("state", NOT_HELD)
def test_only_what_is_on_the_register_is_proposed_for_disposal(state):
    asset = AssetFactory(state=state)
    with pytest.raises(services.MovedOnError, match="only what is on the register is disposed of"):
        services.propose(asset, outcome="destroy", reason="Over", by=UserFactory(), on=today())
    assert not Disposal.objects.exists()


def test_an_asset_withdrawn_meanwhile_does_not_come_back_through_its_disposal():
    disposal = DisposalFactory()
    Asset.objects.filter(pk=disposal.asset_id).update(state="withdrawn")
    with pytest.raises(services.MovedOnError, match="is withdrawn"):
        both_agree(disposal)
    services.refuse(disposal, by=UserFactory(), on=today(), reason="It was entered in error")
    assert Asset.objects.get().state == "withdrawn"


@pytest.mark.parametrize("state", ["live", "under_review"])
def test_what_is_no_longer_to_be_disposed_of_is_not_disposed_of(state):
    disposal = DisposalFactory(agreed=True)
    Asset.objects.filter(pk=disposal.asset_id).update(state=state)
    with pytest.raises(services.MovedOnError, match="cannot become disposed"):
        done(disposal)
    disposal.refresh_from_db()
    assert (disposal.stage, Asset.objects.get().state) == ("agreed", state)


def test_a_part_of_what_was_withdrawn_is_not_carried_out():
    disposal = DisposalFactory(part="The annexes", agreed=True)
    Asset.objects.filter(pk=disposal.asset_id).update(state="withdrawn")
    with pytest.raises(services.MovedOnError, match="is withdrawn"):
        done(disposal)


@pytest.mark.parametrize("state", ["live", "under_review"])
def test_a_refusal_brings_an_asset_back_to_where_it_stood(state):
    disposal = DisposalFactory(asset=AssetFactory(state=state), agreed=True)
    assert Asset.objects.get().state == "to_be_disposed"
    services.refuse(disposal, by=UserFactory(), on=today(), reason="Still in use")
    assert Asset.objects.get().state == state


def step(person, asset, to):
    said = {"to": to, "reason": "Somebody says so", "seen": asset.state}
    return signed_in(person).post(f"/assets/{asset.reference}/state/", said)


def test_an_open_disposal_is_ended_before_the_entry_is_withdrawn(ig_officer):
    disposal = DisposalFactory()
    page = read(step(ig_officer, disposal.asset, "withdrawn"))
    assert f"{disposal.reference} is open for {disposal.asset.reference}" in page
    assert step(ig_officer, disposal.asset, "under_review").status_code == 302
    services.refuse(disposal, by=UserFactory(), on=today(), reason="Still in use")
    disposal.asset.refresh_from_db()
    assert step(ig_officer, disposal.asset, "withdrawn").status_code == 302


def test_what_both_agreed_to_dispose_of_takes_no_other_step(ig_officer):
    disposal = DisposalFactory(agreed=True)
    asset = Asset.objects.get()
    assert f"{disposal.reference} is open" in read(step(ig_officer, asset, "live"))
    asset.refresh_from_db()
    assert asset.state == "to_be_disposed"


def test_a_part_to_be_disposed_of_leaves_the_entry_its_steps(ig_officer):
    disposal = DisposalFactory(part="The annexes", agreed=True)
    assert step(ig_officer, disposal.asset, "under_review").status_code == 302


def test_with_the_whole_the_open_disposals_of_its_parts_end(owner):
    part = DisposalFactory(asset=owner.asset, part="1990")
    agreed = DisposalFactory(asset=owner.asset, part="The annexes", agreed=True)
    whole = DisposalFactory(asset=owner.asset, carried_out=True)
    for disposal in (part, agreed):
        disposal.refresh_from_db()
        assert disposal.stage == "refused"
        assert whole.certificate_number in disposal.refusal
