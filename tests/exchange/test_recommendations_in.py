"""Recommendations of an audit come in by spreadsheet: checked, shown, committed, undone, and leave again."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Recommendation, RecommendationPriority
from governance.core.dates import today
from governance.exchange.importing import check, commit, undo
from governance.exchange.models import Batch, NotReadyError
from tests.cast import signed_in
from tests.exchange.actions_in import faults
from tests.exchange.files import csv_rows
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import brought, csv_file
from tests.factories import ActionFactory, AuditFactory, RecommendationFactory, ScopeAreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
HEADINGS = ["Rec no", "Recommendation text", "Para", "Area", "Priority rating", "Management response",
            "Rationale", "Response date"]  # fmt: skip
FIRST = ["a.01", "Appoint a records manager", "3.12", "Governance", "high", "Accepted", "", "1/3/2016"]
SECOND = ["A02", "=Train everybody", "", "", "", "Rejected", "Done by the county", ""]


@pytest.fixture
def audit():
    found = AuditFactory(code="ico-2016", title="ICO audit 2016", audited_from=date(2016, 1, 18))
    ScopeAreaFactory(audit=found, code="gov", title="Governance")
    ScopeAreaFactory(code="other", title="Records of another audit")
    RecommendationPriority.objects.update_or_create(code="high", defaults={"name": "High"})
    return found


def bring(rows, by, audit, headings=None, name="report.csv", **options):
    """A batch of the auditor's own spreadsheet."""
    said = {"register": "recommendations", "name": name, "source": "The ICO", **options}
    return brought(csv_file([headings or HEADINGS, *rows]), by, for_new={"audit": str(audit.pk)}, **said)


def back(content, by, audit):
    return brought(
        content, by, register="recommendations", name="back.csv", source="Own",
        for_new={"audit": str(audit.pk)},
    )  # fmt: skip


def out(person, audit, query="", ending="csv"):
    address = reverse("exchange:recommendations_export", args=[audit.code, ending])
    return b"".join(signed_in(person).get(f"{address}{query}").streaming_content)


@pytest.fixture
def batch(ig_officer, audit):
    made = bring([FIRST, SECOND], ig_officer, audit)
    commit(made.pk)
    return made


def test_a_report_comes_in_under_the_auditors_own_references(ig_officer, audit, batch):
    one, two = audit.recommendations.order_by("pk")
    assert (one.reference, one.text, one.paragraph) == ("a.01", "Appoint a records manager", "3.12")
    assert (one.scope_area.code, one.priority, one.response) == ("gov", "high", "accepted")
    assert one.responded_on == date(2016, 3, 1)
    assert (two.reference, two.response, two.response_reason) == ("A02", "rejected", "Done by the county")
    assert (two.scope_area, two.priority, two.illustrative) == (None, "", False)
    assert one.history.get().history_change_reason == batch.reason
    assert [row.reference for row in batch.rows.order_by("number")] == ["a.01", "A02"]
    page = signed_in(ig_officer).get(one.get_absolute_url()).content.decode()
    assert "3.12" in page


def test_the_same_number_in_another_audit_is_another_recommendation(ig_officer, audit, batch):
    elsewhere = AuditFactory(code="peer-2020")
    RecommendationFactory(audit=elsewhere, reference="A02", text="Stays")
    again = bring([["A.01", "Another thing"], ["A03", "A third"]], ig_officer, elsewhere, HEADINGS[:2])
    assert [row.kind for row in again.rows.all()] == ["new", "new"]
    commit(again.pk)
    assert sorted(elsewhere.recommendations.values_list("reference", flat=True)) == ["A.01", "A02", "A03"]
    assert audit.recommendations.get(reference="a.01").text == "Appoint a records manager"


def test_the_very_same_file_comes_in_for_another_audit_too(ig_officer, audit, batch):
    other = AuditFactory(code="ico-2026", title="ICO audit 2026")
    ScopeAreaFactory(audit=other, code="gov-2", title="Governance")
    again = bring([FIRST, SECOND], ig_officer, other)
    assert faults(again) == []
    commit(again.pk)
    assert other.recommendations.count() == audit.recommendations.count() == 2


@pytest.mark.parametrize(
    ("change", "heading", "said"),
    [
        ({0: ""}, "Rec no", "It is missing: each recommendation comes in under the auditor's own number"),
        ({0: "A/1"}, "Rec no", "The reference cannot hold a slash"),
        ({0: "x" * 21}, "Rec no", "20 is the most"),
        ({0: "A\n1"}, "Rec no", "cannot hold a line break"),
        ({1: ""}, "Recommendation text", "It is missing, and every new recommendation needs it"),
        ({2: "x" * 61}, "Para", "60 is the most"),
        ({3: "Records of another audit"}, "Area", ""),
        ({4: "Very soon"}, "Priority rating", ""),
        ({5: "Perhaps"}, "Management response", ""),
        ({5: "Rejected"}, "Rationale", "Say why it is rejected"),
        ({5: ""}, "Management response", "Say how it is answered"),
        ({7: "31/2/2016"}, "Response date", ""),
        ({7: "1/1/2016"}, "Response date", "on or after 18 January 2016, when the audit began"),
        ({7: f"{today() + timedelta(days=2):%d/%m/%Y}"}, "Response date", "must be today or in the past"),
    ],
)
def test_what_cannot_be_is_told_by_row_and_column_and_the_rest_comes_in(
    ig_officer, audit, change, heading, said
):
    wrong = [change.get(place, cell) for place, cell in enumerate(FIRST)]
    made = bring([SECOND, wrong], ig_officer, audit)
    (row, told, sentence), *_ = faults(made)
    assert (row, told) == (3, heading)
    assert said in sentence
    commit(made.pk)
    assert audit.recommendations.get().reference == "A02"


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("accept", "accepted"), ("Partially accept", "partially"), ("REJECT", "rejected"), ("", "")],
)
def test_answers_come_in_also_in_the_words_of_the_regulators_form(ig_officer, audit, cell, answer):
    made = bring([["A01", "Train", cell, "Since"]], ig_officer, audit, [*HEADINGS[:2], "Response", "Reason"])
    commit(made.pk)
    assert audit.recommendations.get().response == answer


def test_one_number_twice_in_whatever_letters_is_told_of_both_rows(ig_officer, audit):
    made = bring([FIRST, ["A.01", *FIRST[1:]]], ig_officer, audit)
    assert [(row, heading) for row, heading, _ in faults(made)] == [(2, "Rec no"), (3, "Rec no")]


def test_blank_rows_are_no_recommendations(ig_officer, audit):
    made = bring([FIRST, [""] * 8, SECOND], ig_officer, audit)
    assert (faults(made), made.rows.counts()["new"]) == ([], 2)


def test_a_file_of_no_audit_is_not_checked(ig_officer, audit):
    with pytest.raises(NotReadyError, match="Which audit are they recommendations of"):
        brought(csv_file([HEADINGS, FIRST]), ig_officer, register="recommendations")


def test_it_leaves_as_it_stands_and_comes_back_and_one_edited_cell_is_one_change(ig_officer, audit, batch):
    content = out(ig_officer, audit)
    heading, first, second = csv_rows(content)
    told = {row[0]: dict(zip(heading, row, strict=True)) for row in (first, second)}
    assert told["a.01"]["Scope area"] == "Governance"
    assert [told["A02"][name] for name in ("Recommendation", "Response", "Priority")] == [
        "'=Train everybody", "Rejected", "",
    ]  # fmt: skip
    assert back(content, ig_officer, audit).unchanged_count == 2
    place = 1 if first[0] == "A02" else 2
    edited = back(edited_csv(content, {(place, "Response"): "Partially accepted"}), ig_officer, audit)
    assert [row.patch for row in edited.rows.all()] == [{"response": "partially"}]
    commit(edited.pk)
    assert audit.recommendations.get(reference="A02").response == "partially"
    undo(edited.pk)
    assert audit.recommendations.get(reference="A02").response == "rejected"


def test_a_file_that_was_written_of_another_audit_makes_no_copies_of_its_recommendations(
    ig_officer, audit, batch
):
    elsewhere = AuditFactory(code="peer-2020")
    content = out(ig_officer, audit)
    told = {heading for _, heading, _ in faults(back(content, ig_officer, elsewhere))}
    assert "Version" in told
    assert back(content, ig_officer, elsewhere).rows.counts()["new"] == 0
    assert csv_rows(content)[1][-1] == audit.title


def test_checking_two_hundred_rows_takes_as_many_queries_as_ten(
    ig_officer, audit, django_assert_max_num_queries
):
    for count in (10, 200):
        rows = [[f"{count}.{place}", *FIRST[1:]] for place in range(count)]
        with django_assert_max_num_queries(42):
            made = bring(rows, ig_officer, audit)
        assert made.rows.counts()["new"] == count


def test_what_somebody_changed_since_the_file_left_is_a_conflict(ig_officer, audit, batch):
    content = edited_csv(out(ig_officer, audit), {(1, "Paragraph"): "9", (2, "Paragraph"): "9"})
    audit.recommendations.filter(reference="A02").update(paragraph="4")
    assert sorted(row.kind for row in back(content, ig_officer, audit).rows.all()) == ["changed", "conflict"]


def test_the_file_holds_what_the_page_lists_and_nothing_of_another_audit(ig_officer, audit, batch):
    RecommendationFactory(reference="Z1")
    assert [row[0] for row in csv_rows(out(ig_officer, audit, "?q=records"))][1:] == ["a.01"]
    client = signed_in(ig_officer)
    address = reverse("exchange:recommendations_export", args=[audit.code, "csv"])
    assert client.get(f"{address}?area=nowhere").url == f"/audits/{audit.code}/?area=nowhere"
    assert client.get(address.replace("csv", "exe")).status_code == 404


def test_undo_takes_off_what_came_in_save_what_somebody_has_worked_on(ig_officer, audit, batch):
    used = audit.recommendations.get(reference="A02")
    ActionFactory(recommendation=used)
    assert undo(batch.pk) == 1
    assert audit.recommendations.get() == used
    gone = Recommendation.history.filter(reference="a.01").latest("history_id")
    assert (gone.history_type, gone.history_change_reason[:6]) == ("-", "Undone")
    assert batch.rows.get(reference="A02").kept == ["All of it (named since by actions)"]
    page = signed_in(ig_officer).get(reverse("exchange:batch", args=[batch.pk])).content.decode()
    assert "taken off the audit" in page


def test_a_file_that_was_undone_comes_in_again(ig_officer, audit, batch):
    undo(batch.pk)
    again = bring([FIRST, SECOND], ig_officer, audit)
    commit(again.pk)
    assert audit.recommendations.count() == 2


def test_of_two_who_bring_the_same_number_the_second_is_told_and_nothing_of_it_is_written(ig_officer, audit):
    one = bring([FIRST], ig_officer, audit, name="one.csv")
    two = bring([["A.01", "Something else"], ["B1", "More"]], ig_officer, audit, HEADINGS[:2], name="two.csv")
    commit(one.pk)
    with pytest.raises(NotReadyError, match="Nothing was written"):
        commit(two.pk)
    assert audit.recommendations.get().text == FIRST[1]
    check(two, ig_officer)
    assert [row.kind for row in two.rows.order_by("number")] == ["changed", "new"]


def test_from_the_page_of_the_audit_a_file_is_of_that_audit_and_it_may_be_said_otherwise(ig_officer, audit):
    other = AuditFactory(code="peer-2020")
    client = signed_in(ig_officer)
    page = client.get(f"/audits/{audit.code}/").content.decode()
    address = f"{reverse('exchange:upload')}?register=recommendations&of={audit.code}"
    assert address.replace("&", "&amp;") in page
    file = csv_file([HEADINGS, FIRST])
    for code, chosen in ((audit.code, str(audit.pk)), ("no\x00ne", None)):
        made = upload(client, address.replace(audit.code, code), file)
        assert made.for_new.get("audit") == chosen
        match = reverse("exchange:match", args=[made.pk])
        form = client.get(match).context["form"]
        assert form["new_audit"].value() == (chosen or "")
        answers = {field.html_name: field.value() for field in form}
        refused = client.post(match, answers | {"new_audit": ""})
        assert refused.context["form"].errors["new_audit"] == ["Choose the audit"]
        assert client.post(match, answers | {"new_audit": other.pk}).status_code == 302
    shown = client.get(reverse("exchange:batch", args=[made.pk])).content.decode()
    assert other.title in shown


def upload(client, address, data):
    said = {"register": "recommendations", "source": "The ICO", "file": SimpleUploadedFile("r.csv", data)}
    client.post(address, said)
    return Batch.objects.latest("pk")
