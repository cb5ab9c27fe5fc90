"""What anybody may read without signing in: published papers, their public files, nothing withheld."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from governance.committees import services, tasks
from governance.committees.models import AgendaItem, Body, Meeting, Paper, Takedown, Verification
from governance.committees.models.rendering import facts_of
from governance.committees.services.attached import add_appendix, add_background
from governance.core.dates import today
from tests.actions.evidence_files import upload as a_pdf
from tests.cast import play, signed_in
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.exempting import mark
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import figure, plainly

pytestmark = pytest.mark.django_db
CANARIES = ("Quetzal", "Axolotl", "Okapi", "Narwhal", "Pangolin", "Capybara")
SAID = {"authority": "Section 5", "reason": "A name stood in it"}


@pytest.fixture
def issued(plan, clerk):
    """A paper with a canary in each sort of thing that may be withheld."""
    paper = PaperFactory(plans=[plan])
    paper.sections.create(position=1, number="1", heading="Summary", text="{{summary}}")
    prices = paper.sections.create(
        position=2, number="2", heading="Okapi contract",
        text="The Quetzal price: {{figure actions.in_progress plan=ico}}",
    )  # fmt: skip
    Action.objects.filter(reference="ICO-2").update(title="Dismiss the Pangolin team")
    add_appendix(paper, title="Map", file=a_pdf())
    mark(paper, section=prices, withholds_heading=True)
    letter = add_appendix(paper, title="Axolotl letter", file=a_pdf("narwhal.pdf"))
    mark(paper, appendix=letter, kind="confidential", paragraph="", reason="Capybara forbids it")
    mark(paper, row="ICO-2")
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).paper


@pytest.fixture
def officer(db):
    return play("monitoring_officer", "monitoring_officer")


def at(name, *keys):
    return reverse(f"published:{name}", args=keys)


@pytest.mark.usefixtures("built_interface")
def test_anybody_reads_a_published_paper_and_finds_no_record_and_nothing_withheld(issued):
    stranger = Client()
    made = issued.renderings.get(format="html", edition=None)
    tasks.render_paper(rendering_id=made.pk)
    figures = [at("figure", issued.pk, each.position) for each in issued.figures.filter(exempt=False)]
    pages = [at("papers"), at("paper", issued.pk), *figures]
    answers = {url: stranger.get(url) for url in pages}
    for url, answer in answers.items():
        said = answer.content.decode()
        assert answer.status_code == 200, url
        assert not [canary for canary in CANARIES if canary.lower() in said.lower()], url
        assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
        assert answer["X-Robots-Tag"] == "noarchive"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert not [each for each in ("ICO-1", "ICO-4") if each in said and url in figures], url
    told = answers[pages[1]].content.decode()
    assert plainly(told).count("ICO-2") == 1
    assert all(f'href="{url}"' in told for url in figures[:8])
    assert f'href="{reverse("committees:published_figure", args=[issued.pk, 1])}"' not in told
    made.refresh_from_db()
    assert stranger.get(at("file", issued.pk, "html")).content == bytes(made.file)
    public, withheld = issued.uploaded.all()
    assert stranger.get(at("appendix", issued.pk, public.pk)).status_code == 200
    secret = issued.figures.get(exempt=True)
    shut = [at("appendix", issued.pk, withheld.pk), at("file", issued.pk, "docx")]
    for url in (*shut, at("figure", issued.pk, secret.position), at("figure", issued.pk, 9_999)):
        assert stranger.get(url).status_code == 404, url
    seen = signed_in(play("siro", "siro")).get(pages[1])
    assert "public" not in seen.get("Cache-Control", "")


def test_the_public_page_of_a_figure_says_the_sentence_and_what_was_corrected_since(plan, clerk, officer):
    meeting = MeetingFactory(held_on=today())
    first = PaperFactory(plans=[plan], meeting=MeetingFactory(body=meeting.body, held_on=JULY))
    first.sections.create(position=1, heading="Summary", text="{{summary}}")
    services.issue(first, by=clerk, frozen_on=JULY)
    kept = figure(first, "in_progress")
    url = at("figure", first.pk, kept.position)
    said = plainly(Client().get(url).content.decode())
    assert "Actions in progress: 2" in said
    assert "Of 5 actions, 1 has been completed as reported by management, 2 are in progress" in said
    assert "No later paper to the public has told that it was otherwise" in said
    Action.objects.get(reference="ICO-5").report("in_progress", effective_on=JULY, by=officer)
    services.issue(PaperFactory(plans=[plan], meeting=meeting), by=clerk)
    later = Paper.objects.exclude(pk=first.pk).get()
    told = plainly(Client().get(url).content.decode())
    assert f"Told as 2, known since to have been 3. Told in {later.title}" in told
    assert "Some figures of this paper were corrected" in Client().get(at("paper", first.pk)).content.decode()
    services.take_down(Takedown(paper=later, **SAID), by=officer)
    assert "known since" not in Client().get(url).content.decode()


def test_what_is_lifted_is_read_and_what_is_withdrawn_leaves_a_tombstone(issued, officer):
    stranger = Client()
    services.lift(issued.exemptions.first(), decided="officer", resolution=None, reason="Signed", by=officer)
    told = stranger.get(at("paper", issued.pk)).content.decode()
    secret = at("figure", issued.pk, issued.figures.get(exempt=True).position)
    assert "Quetzal" in told
    assert secret in told
    assert "The Quetzal price: 0" in plainly(stranger.get(secret).content.decode())
    services.take_down(Takedown(paper=issued, reach="public", **SAID), by=officer)
    for url in (at("paper", issued.pk), secret):
        answer = stranger.get(url)
        assert answer.status_code == 410
        assert answer["X-Robots-Tag"] == "noindex"
        assert "A name stood in it" in answer.content.decode()
        assert "Quetzal" not in answer.content.decode()
    for url in (at("file", issued.pk, "html"), at("appendix", issued.pk, issued.uploaded.first().pk)):
        answer = stranger.get(url)
        assert (answer.status_code, answer["X-Robots-Tag"]) == (410, "noindex")
        assert "A name stood in it" in answer.content.decode()
    assert "(withdrawn)" in plainly(stranger.get(at("papers")).content.decode())


def test_the_public_page_is_withdrawn_alone_and_the_paper_later_for_good(issued, officer, ig_officer):
    url, browser, reader = reverse("committees:take_down", args=[issued.pk]), signed_in(officer), Client()
    reader.force_login(ig_officer)
    answer = browser.post(url, SAID)
    assert answer.context["form"].errors["reach"]
    assert answer.context["form"]["reason"].value() == SAID["reason"]
    assert browser.post(url, SAID | {"reach": "public"}).status_code == 302
    assert Client().get(at("paper", issued.pk)).status_code == 410
    assert "was withdrawn on" in plainly(reader.get(issued.get_absolute_url()).content.decode())
    seen = {"seen_version": Takedown.objects.get().standing_version()}
    assert browser.post(url, SAID | seen | {"reach": "paper"}).status_code == 302
    assert reader.get(issued.get_absolute_url()).status_code == 410
    seen = {"seen_version": Takedown.objects.get().standing_version()}
    answer = browser.post(url, SAID | seen | {"reach": "public"})
    assert "stays so" in answer.context["form"].errors["reach"][0]


WITHIN = ("off the agenda", "officer_board", "task_group", "outside")


@pytest.mark.parametrize("change", ["draft", "not public", "off", "not yet", *WITHIN])
def test_nothing_else_is_published(change, issued, plan, settings):
    made, by = issued, issued.created_by
    if change == "draft":
        made = PaperFactory(plans=[plan])
    elif change == "not public":
        draft = PaperFactory(plans=[plan], meeting=issued.meeting, publication_status="Internal")
        made = services.issue(draft, by=by, frozen_on=OCTOBER).paper
    elif change == "off":
        settings.PUBLISHED_PAPERS = False
        assert Client().get(at("papers")).status_code == 404
        assert at("papers") not in Client().get(reverse("account_login")).content.decode()
    elif change == "not yet":
        assert not Paper.objects.published(OCTOBER.replace(day=1)).filter(pk=issued.pk).exists()
        to_come = MeetingFactory(held_on=today() + timedelta(days=3))
        draft = PaperFactory(plans=[plan], meeting=to_come, published_on=today() + timedelta(days=2))
        add_appendix(draft, title="Map", file=a_pdf())
        made = services.issue(draft, by=by).paper
    elif change == "off the agenda":
        AgendaItem.objects.create(paper=made, withdrawn_on=made.published_on, withdrawn_because="Not ready")
    else:
        Body.objects.filter(meetings__papers=made).update(kind=change)
    shut = [at("paper", made.pk), at("figure", made.pk, 1), at("file", made.pk, "pdf")]
    shut += [at("appendix", made.pk, each.pk) for each in made.uploaded.all()]
    for url in shut:
        assert Client().get(url).status_code == 404, url
    if change != "off":
        assert f'"{shut[0]}"' not in Client().get(at("papers")).content.decode()


def test_what_leaves_the_agenda_once_it_is_out_stays_and_the_list_says_so(issued):
    later = issued.published_on + timedelta(days=1)
    AgendaItem.objects.create(paper=issued, withdrawn_on=later, withdrawn_because="Not ready")
    assert Client().get(at("paper", issued.pk)).status_code == 200
    assert "(withdrawn from the agenda)" in plainly(Client().get(at("papers")).content.decode())


def test_what_is_out_before_its_meeting_is_cancelled_stays_and_says_so_and_what_is_not_never_comes_out(
    issued, plan
):
    pages = [at("paper", issued.pk), at("figure", issued.pk, 1)]
    sentence = "was cancelled after this paper was published"
    assert not [each for each in pages if sentence in Client().get(each).content.decode()]
    to_come = MeetingFactory(held_on=today() + timedelta(days=9))
    draft = PaperFactory(plans=[plan], meeting=to_come, published_on=today() + timedelta(days=2))
    made = services.issue(draft, by=issued.created_by).paper
    due = Paper.objects.published(today() + timedelta(days=3)).filter(pk=made.pk)
    assert due.exists()
    Meeting.objects.filter(papers__in=[issued, made]).update(state="cancelled", reason="Snow")
    assert not due.exists()
    assert [each for each in pages if sentence in Client().get(each).content.decode()] == pages
    assert "(meeting cancelled)" in plainly(Client().get(at("papers")).content.decode())
    assert Client().get(at("appendix", issued.pk, issued.uploaded.first().pk)).status_code == 200


def test_the_papers_of_a_meeting_that_turned_out_inquorate_say_that_it_decided_nothing(issued):
    Meeting.objects.filter(papers=issued).update(state="inquorate", reason="Two members came")
    for page in (at("paper", issued.pk), at("figure", issued.pk, 1)):
        said = plainly(Client().get(page).content.decode())
        assert "was inquorate: too few members came, and it decided nothing" in said
        assert "Two members came" not in said
    assert "(meeting inquorate)" in plainly(Client().get(at("papers")).content.decode())


def test_a_figure_is_told_with_the_sentences_that_are_printed_and_no_others(plan, clerk):
    meeting = MeetingFactory()
    first = PaperFactory(plans=[plan], meeting=MeetingFactory(body=meeting.body, held_on=JULY))
    services.issue(first, by=clerk, frozen_on=JULY)
    second = PaperFactory(plans=[plan], meeting=meeting)
    mark(second, section=second.sections.create(position=1, heading="Costs", text="{{movement}}"))
    issue = services.issue(second, by=clerk, frozen_on=OCTOBER)
    assert issue.content["plans"][0]["sentences"]["movement"]
    moved = figure(second, "completed", "entered")
    page = Client().get(at("figure", second.pk, moved.position)).content.decode()
    assert "What the paper says with it" not in page


def test_the_archive_with_its_background_papers_is_not_for_everybody(issued):
    made = {"state": "done", "finished_at": timezone.now(), **facts_of(b"An archive")}
    issued.renderings.filter(format__in=["bundle", "html"]).update(**made)
    with CaptureQueriesContext(connection) as asked:
        page = Client().get(at("paper", issued.pk)).content.decode()
    told = [each["sql"] for each in asked.captured_queries]
    assert at("file", issued.pk, "html") in page
    assert at("file", issued.pk, "bundle") not in page
    assert Client().get(at("file", issued.pk, "bundle")).status_code == 404
    assert not [sql for sql in told if "sha256(" in sql], "no file is hashed where none is handed over"
    assert len([sql for sql in told if '"committees_issue"."content"' in sql]) == 1


def test_a_background_paper_is_open_to_anybody_until_its_day_unless_it_is_withheld(
    plan, clerk, officer, settings
):
    pages, papers = [], []
    for years, withheld in ((90, False), (90, True), (4, False)):
        settings.BACKGROUND_PAPERS_YEARS = years
        paper = PaperFactory(plans=[plan])
        section = paper.sections.create(position=1, heading="Background papers", lists="background")
        letter = add_background(paper, title="Audit letter", file=a_pdf("letter.pdf"), link="")
        if withheld:
            mark(paper, section=section)
        file = at("background", paper.pk, letter.pk)
        assert Client().get(file).status_code == 404
        services.issue(paper, by=clerk, frozen_on=OCTOBER)
        pages.append((Client().get(at("paper", paper.pk)).content.decode(), file, Client().get(file)))
        papers.append(paper)
    (page, file, answer), (closed, secret, hidden), (past, old, gone) = pages
    assert f'<a href="{file}">Audit letter</a>, open to inspection until 24 October 2106' in page
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == bytes(papers[0].background_papers.get().file)
    assert hidden.status_code == 404
    assert "Audit letter" not in closed
    assert secret not in closed
    assert gone.status_code == 410
    assert "was open to inspection until 24 October 2020" in gone.content.decode()
    assert "Audit letter, open to inspection until 24 October 2020" in past
    assert old not in past
    services.take_down(Takedown(paper=papers[0], reach="public", **SAID), by=officer)
    withdrawn = Client().get(file)
    assert (withdrawn.status_code, "A name stood in it" in withdrawn.content.decode()) == (410, True)


def test_a_verification_is_told_of_papers_that_were_there(issued):
    done = {"state": "done", "block": 1, "head": "0" * 64, "finished_at": timezone.now()}
    before = issued.issue.issued_at - timedelta(days=1)
    Verification.objects.create(requested_at=before, **done)
    page = at("paper", issued.pk)
    assert "was last verified" not in Client().get(page).content.decode()
    Verification.objects.create(requested_at=timezone.now(), **done)
    assert "was last verified" in Client().get(page).content.decode()


def test_a_figure_that_is_not_the_printed_one_is_not_shown(owner_connection, issued):
    kept = issued.figures.filter(exempt=False).first()
    url = at("figure", issued.pk, kept.position)
    assert Client().get(url).status_code == 200
    owner_connection.execute("ALTER TABLE committees_publishedfigure DISABLE TRIGGER USER")
    owner_connection.execute(
        "UPDATE committees_publishedfigure SET definition = 'Forged' WHERE id = %s", [kept.pk]
    )
    answer = Client().get(url)
    assert answer.status_code == 409
    assert "Forged" not in answer.content.decode()


def test_who_follows_a_printed_figure_without_an_account_comes_to_its_public_page(issued, settings):
    kept, secret = issued.figures.filter(exempt=False).first(), issued.figures.get(exempt=True)
    printed = reverse("committees:published_figure", args=[issued.pk, kept.position])
    sign_in, stranger = f"{reverse('account_login')}?next=", Client()
    public = stranger.get(printed)
    assert public["Location"] == at("figure", issued.pk, kept.position)
    assert f'href="{sign_in}{printed}"' in stranger.get(public["Location"]).content.decode()
    for position in (secret.position, 9_999):
        hidden = reverse("committees:published_figure", args=[issued.pk, position])
        assert stranger.get(hidden)["Location"] == f"{sign_in}{hidden}"
    settings.PUBLISHED_PAPERS = False
    assert stranger.get(printed)["Location"] == f"{sign_in}{printed}"


def test_a_tombstone_that_reaches_further_says_when_and_by_whom(issued, officer, clerk, settings):
    first = services.take_down(Takedown(paper=issued, reach="public", **SAID), by=clerk).taken_at
    services.take_down(Takedown.objects.get(), by=officer)
    assert Takedown.objects.get().taken_at == first
    settings.PUBLISHED_PAPERS = False
    url, browser = reverse("committees:take_down", args=[issued.pk]), signed_in(officer)
    typed = SAID | {"seen_version": Takedown.objects.get().standing_version()}
    assert browser.post(url, typed).context["form"].errors["reach"]
    assert browser.post(url, typed | {"reach": "paper"}).status_code == 302
    kept = Takedown.objects.get()
    assert kept.is_of_the_paper
    assert kept.taken_at > first
    assert (kept.taken_by, kept.taken_as) == (officer, officer.post_title)


def test_the_list_of_published_papers_asks_as_much_for_many(
    issued, plan, clerk, django_assert_max_num_queries
):
    for _ in range(3):
        services.issue(PaperFactory(plans=[plan]), by=clerk, frozen_on=OCTOBER)
    with django_assert_max_num_queries(6):
        Client().get(at("papers"))
    with django_assert_max_num_queries(12):
        Client().get(at("paper", issued.pk))
