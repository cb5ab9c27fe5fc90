"""Entering and changing agreements, contracts, partners and publications: reasons, bad input, races."""

from datetime import date

import pytest

from assets.models import Agreement, Obligation, Partner, ProcessorContract, Publication
from assets.representations.agreement_file import REQUIRED
from tests.assets.factories_sharing import (
    AgreementAssetFactory,
    AgreementFactory,
    AgreementPartnerFactory,
    ContractFactory,
    ObligationFactory,
    PartnerFactory,
    PublicationFactory,
)
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


@pytest.fixture
def browser(ig_officer):
    return signed_in(ig_officer)


def posted(browser, entry, address, **typed):
    """Post a form with the version that stands, as its page would."""
    seen = {"seen_version": entry.standing_version()} if entry else {}
    return browser.post(address, seen | typed)


def test_a_new_agreement_is_a_draft_under_the_next_reference(browser, ig_officer):
    AgreementFactory(reference="SA-0041")
    browser.post(
        "/assets/sharing/new/",
        {"title": "New", "tier": 2, "owner": ig_officer.post.pk, "unit": ig_officer.post.unit_id},
    )
    added = Agreement.objects.get(title="New")
    assert (added.reference, added.state) == ("SA-0042", "draft")
    assert added.history.get().history_change_reason == "Entered on the register"


def test_an_owner_enters_agreements_of_their_own_unit_only(owner, other_owner):
    answer = signed_in(owner).post(
        "/assets/sharing/new/",
        {"title": "New", "tier": 2, "owner": other_owner.post.pk, "unit": other_owner.post.unit_id},
    )
    assert "Choose a post or unit of your own" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_an_agreement_is_put_in_force_only_when_it_says_enough(browser):
    draft = AgreementFactory(state="draft", purpose="", review_on=None)
    address = f"{draft.get_absolute_url()}edit/state/"
    answer = posted(browser, draft, address, state="in_force", change_reason="Agreed")
    assert "An agreement in force needs a purpose" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_section_cannot_empty_what_an_agreement_in_force_needs(browser):
    agreement = AgreementFactory()
    answer = posted(
        browser, agreement, f"{agreement.get_absolute_url()}edit/content/", purpose="", change_reason="Tidied"
    )
    assert "An agreement in force needs a purpose" in answer.content.decode()


@pytest.mark.parametrize("year", [1899, 2200, 9999])
def test_a_review_that_cannot_be_reckoned_on_is_refused_in_words(browser, year):
    agreement = AgreementFactory()
    typed = day("from_on", date(2016, 4, 1)) | day("review_on", date(year, 12, 31))
    answer = posted(
        browser, agreement, f"{agreement.get_absolute_url()}edit/dates/", change_reason="Moved", **typed
    )
    assert answer.status_code == 200
    assert "must be the same as or" in answer.content.decode()


def test_of_two_who_change_an_agreement_the_second_is_asked(browser):
    agreement = AgreementFactory()
    seen = agreement.standing_version()
    Agreement.objects.filter(pk=agreement.pk).update(purpose="Theirs")
    answer = browser.post(
        f"{agreement.get_absolute_url()}edit/content/",
        {"seen_version": seen, "purpose": "Mine", "lawful_basis": "Law", "change_reason": "Why not"},
    )
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()


def test_an_unknown_section_is_not_there(browser):
    assert browser.get(f"{AgreementFactory().get_absolute_url()}edit/colour/").status_code == 404


def test_an_asset_is_added_by_its_reference_once(browser):
    agreement, asset = AgreementFactory(), AssetFactory(reference="IA-0042")
    address = f"{agreement.get_absolute_url()}assets/"
    browser.post(address, {"asset": "ia-0042", "note": "names only"})
    assert agreement.asset_links.get().asset == asset
    assert "covered already" in browser.post(address, {"asset": "IA-0042"}).content.decode()
    assert "There is no asset IA-9999" in browser.post(address, {"asset": "IA-9999"}).content.decode()


def test_nobody_adds_an_asset_that_they_may_not_open(owner, other_owner):
    agreement = AgreementFactory(owner=owner.post)
    address = f"{agreement.get_absolute_url()}assets/"
    answer = signed_in(owner).post(address, {"asset": other_owner.asset.reference})
    assert "that you may open" in answer.content.decode()


def test_a_partner_is_named_once_and_signs_a_version(browser):
    agreement, partner = AgreementFactory(), PartnerFactory()
    address = f"{agreement.get_absolute_url()}partners/"
    browser.post(address, {"partner": partner.pk})
    link = agreement.partner_links.get()
    assert "named already" in browser.post(address, {"partner": partner.pk}).content.decode()

    signed = day("signed_on", date(2016, 5, 1))
    answer = posted(browser, link, f"{address}{link.pk}/", **signed)
    assert "Enter both the version signed and the day" in answer.content.decode()
    posted(browser, link, f"{address}{link.pk}/", signed_version="1.0", **signed)
    link.refresh_from_db()
    assert link.signed_version == "1.0"


def test_who_signed_an_earlier_version_has_not_signed_this_one(browser):
    link = AgreementPartnerFactory(agreement__version="2.0", signed_on=date(2016, 5, 1), signed_version="1.0")
    page = browser.get(link.agreement.get_absolute_url()).content.decode()
    assert "(not version 2.0 yet)" in page


def test_what_is_taken_off_an_agreement_stays_in_its_history(browser):
    link = AgreementPartnerFactory()
    address = f"{link.agreement.get_absolute_url()}partners/{link.pk}/off/"
    assert "Take it off" in browser.get(address).content.decode()
    browser.post(address)
    assert not link.agreement.partner_links.exists()
    assert type(link).history.filter(id=link.pk, history_type="-").exists()


def test_an_agreement_without_an_end_is_exported_with_its_review(browser):
    agreement = AgreementPartnerFactory().agreement
    found = browser.get(f"{agreement.get_absolute_url()}json/").json()
    assert found["EndDate"] == "2040-04-30"
    assert [party["Name"] for party in found["Party"]][1] == agreement.partner_links.get().partner.name
    assert all(found[name] for name in REQUIRED)


def test_the_exported_agreement_names_only_assets_that_the_reader_may_open(owner, other_owner, ig_officer):
    agreement = AgreementPartnerFactory().agreement
    for who in (owner, other_owner):
        AgreementAssetFactory(agreement=agreement, asset=who.asset)
    address = f"{agreement.get_absolute_url()}json/"
    assert signed_in(owner).get(address).json()["Data"] == [owner.asset.title]
    assert len(signed_in(ig_officer).get(address).json()["Data"]) == 2


# Contracts


def test_a_contract_without_terms_says_what_is_missing(browser, ig_officer):
    typed = {
        "title": "Scanning",
        "processor": PartnerFactory().pk,
        "owner": ig_officer.post.pk,
        "unit": ig_officer.post.unit_id,
        "has_terms": "False",
    } | day("from_on", date(2016, 4, 1))
    answer = browser.post("/assets/contracts/new/", typed)
    assert "Say what is missing from the terms" in answer.content.decode()
    browser.post("/assets/contracts/new/", typed | {"terms_note": "Audits"})
    assert ProcessorContract.objects.get().reference == "PC-0001"


@pytest.mark.parametrize(("before", "after"), [(True, "False"), (False, "True"), (True, ""), (None, "False")])
def test_the_answer_on_the_terms_alone_is_changed(browser, before, after):
    contract = ContractFactory(has_terms=before, terms_note="Audits")
    address = f"{contract.get_absolute_url()}edit/"
    form = browser.get(address).context["form"]
    typed = {each.html_name: each.value() for each in form if each.value() not in (None, "")}
    typed |= day("from_on", contract.from_on) | {"has_terms": after, "change_reason": "Read again"}
    assert browser.post(address, typed).status_code == 302
    contract.refresh_from_db()
    assert contract.has_terms is {"True": True, "False": False, "": None}[after]


def test_a_compliance_review_moves_the_next_one_on(browser):
    contract = ContractFactory(review_on=date(2016, 6, 1))
    typed = day("reviewed_on", date(2016, 6, 2)) | day("next_on", date(2040, 6, 1))
    address = f"{contract.get_absolute_url()}review/"
    answer = browser.post(address, typed | {"complies": "False"})
    assert "Say what is wrong" in answer.content.decode()
    browser.post(address, typed | {"complies": "False", "findings": "No training"})
    contract.refresh_from_db()
    assert contract.review_on == date(2040, 6, 1)
    assert contract.reviews.get().findings == "No training"


# Partners


def test_a_partner_takes_another_name_from_a_day_on(browser):
    partner = PartnerFactory(name="Old")
    address = f"{partner.get_absolute_url()}rename/"
    browser.post(address, {"name": "New"} | day("on", date(2016, 7, 1)))
    partner.refresh_from_db()
    assert (partner.name, str(partner.former_names.get())) == ("New", "Old, until 30 June 2016")

    answer = browser.post(address, {"name": "Newer"} | day("on", date(2016, 6, 30)))
    assert "It was still called Old until 30 June 2016" in answer.content.decode()
    PartnerFactory(name="Taken")
    answer = browser.post(address, {"name": "Taken"} | day("on", date(2017, 6, 30)))
    assert "Another partner has that name" in answer.content.decode()


def test_a_partner_that_has_a_successor_ceased_on_a_day(browser):
    partner, successor = PartnerFactory(), PartnerFactory()
    answer = posted(browser, partner, f"{partner.get_absolute_url()}edit/", succeeded_by=successor.pk)
    assert "Enter the day on which it ceased to exist" in answer.content.decode()
    assert not Partner.objects.filter(succeeded_by=successor).exists()


# Obligations


def test_a_publication_is_recorded_and_taken_back_once(browser):
    obligation = ObligationFactory()
    address = f"{obligation.get_absolute_url()}publish/"
    typed = day("effective_on", date(2016, 4, 20)) | day("covers_until", date(2016, 3, 31))
    assert "Enter the address where it was published" in browser.post(address, typed).content.decode()
    browser.post(address, typed | {"evidence": "On the open data page"})
    publication = Publication.objects.get()

    back = f"{obligation.get_absolute_url()}publications/{publication.pk}/"
    browser.post(back, {"evidence": "The file was empty"})
    assert Publication.objects.filter(void=True, corrects=publication).count() == 1
    assert browser.post(back, {"evidence": "Again"}).status_code == 404
    assert "(taken back)" in browser.get(obligation.get_absolute_url()).content.decode()


def test_nothing_is_published_in_the_future(browser):
    obligation = ObligationFactory()
    typed = day("effective_on", date(2199, 1, 1)) | day("covers_until", date(2016, 3, 31)) | {"evidence": "x"}
    answer = browser.post(f"{obligation.get_absolute_url()}publish/", typed)
    assert "must be today or in the past" in answer.content.decode()
    assert not Publication.objects.exists()


def test_stars_need_an_open_licence(browser):
    obligation = PublicationFactory().obligation
    typed = {
        "title": "Trees",
        "basis": "The Code",
        "frequency": obligation.frequency_id,
        "applies": "on",
        "stars": 3,
        "change_reason": "Opened",
    }
    address = f"{obligation.get_absolute_url()}edit/"
    answer = posted(browser, obligation, address, **typed)
    assert "without an open licence there is no star" in answer.content.decode()
    Obligation.objects.get(pk=obligation.pk)
