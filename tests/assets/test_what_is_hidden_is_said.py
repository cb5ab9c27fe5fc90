"""Where figures count all and the list shows what its reader may open, the page says how many that leaves."""

from datetime import date

import pytest

from assets.models import ProcessorContract
from tests.assets.factories_sharing import ContractAssetFactory, PublicationFactory
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def page_of(person, address):
    return " ".join(signed_in(person).get(address).content.decode().split())


def test_the_register_of_contracts_says_how_many_its_reader_may_not_open(owner, ig_officer):
    ContractAssetFactory(contract__owner=owner.post, asset=owner.asset)
    ContractAssetFactory()
    ContractAssetFactory()
    assert "And 2 that you may not open" in page_of(owner, "/assets/contracts/")
    assert "1 of them is open to you; the figures count all" in page_of(owner, "/assets/contracts/")
    assert "that you may not open" not in page_of(ig_officer, "/assets/contracts/")


def test_contracts_that_have_ended_are_listed_and_not_called_hidden(ig_officer):
    contract = ContractAssetFactory().contract
    ProcessorContract.objects.filter(pk=contract.pk).update(
        from_on=date(2015, 1, 1), until_on=date(2016, 1, 1)
    )
    page = page_of(ig_officer, "/assets/contracts/")
    assert contract.reference in page
    assert "that you may not open" not in page


def test_the_transparency_register_says_it_too(owner):
    PublicationFactory(obligation__owner=owner.post)
    PublicationFactory()
    page = page_of(owner, "/assets/transparency/")
    assert "that you may not open" in page


def test_a_filter_leaves_it_out(owner):
    ContractAssetFactory(contract__owner=owner.post, asset=owner.asset)
    ContractAssetFactory()
    page = page_of(owner, f"/assets/contracts/?owner={owner.post.pk}")
    assert "that you may not open" not in page
