"""The page components, in every template without {% load %}. Each has a template in templates/components/
and stands with its variants on /components/ in development.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from governance.core import components
from governance.core.charts import StackedBars
from governance.core.components import AppliedFilter, Column, Heading, Link, Standing
from governance.core.filtering import applied, carried
from governance.core.forms import errors_of, group_of
from governance.core.heat import HeatMap
from governance.core.lines import LineChart

register = Library()


# Standing


@register.inclusion_tag("components/status.html")
def status(status: object, overdue: object = False, word: str = "") -> dict[str, Any]:  # noqa: FBT002
    """A status in words, shape and colour; "Overdue" is said beside it, never instead.

    Takes a code or anything with a `status`; `word` replaces the usual word where a room has its own.
    """
    shown = components.standing(getattr(status, "status", status))
    return {"standing": shown, "word": word or shown.word, "overdue": components.OVERDUE if overdue else None}


@register.inclusion_tag("components/status.html")
def rating(code: str, word: str = "") -> dict[str, Any]:
    """Red, amber or green, always with its word and a shape of its own."""
    shown: Standing = components.RATINGS[str(code)]
    return {"standing": shown, "word": word or shown.word, "overdue": None}


@register.inclusion_tag("components/status.html")
def level(standing: Standing) -> dict[str, Any]:
    """A level of the council's own scale: its word with the shape and colour it is shown in."""
    return {"standing": standing, "word": standing.word}


@register.inclusion_tag("components/shape.html")
def shape(name: str) -> dict[str, str]:
    """The small drawing of a standing."""
    return {"shape": name}


# Figures


@register.inclusion_tag("components/figure_link.html")
def figure_link(value: object, href: str = "", label: str = "") -> dict[str, object]:
    """A figure with the way to the rows behind it; `label` is read out, so that "46" is "46 completed"."""
    return {"value": components.counted(value), "href": href, "label": label}


@register.inclusion_tag("components/tile.html")
def tile(value: object, label: str, href: str = "", note: str = "", tone: str = "") -> dict[str, object]:
    """A figure on a tile, in <ul class="app-tiles">. `note` says what moved; `tone` "red" warns."""
    return {"value": components.counted(value), "label": label, "href": href, "note": note, "tone": tone}


@register.inclusion_tag("components/chart_progress.html")
def progress_chart(chart: StackedBars) -> dict[str, StackedBars]:
    """Stacked bars with patterns and words, and the table of their numbers."""
    return {"chart": chart}


@register.inclusion_tag("components/chart_heat.html")
def heat_map(drawn: HeatMap) -> dict[str, HeatMap]:
    """Counts by two scales: a drawing with words, and a table whose numbers open their rows."""
    return {"map": drawn}


@register.inclusion_tag("components/chart_lines.html")
def line_chart(chart: LineChart) -> dict[str, LineChart]:
    """Lines over time with marks and names, and the table of their numbers."""
    return {"chart": chart}


@register.simple_tag
def chart_fill(chart: StackedBars, code: str) -> str:
    """What a status is filled with in a chart."""
    return chart.fill(code)


# Sections


@register.simple_block_tag
def card(
    content: SafeString, title: str, href: str = "", action: str = "Change", level: int = 2, name: str = ""
) -> SafeString:
    """A section of a record with its heading and, with `href`, what can be done about it.

    `name` is its id, for links to it.
    """
    values = {"content": content, "title": title, "href": href, "action": action}
    return render_to_string("components/card.html", values | {"heading": f"h{level}", "name": name})


@register.simple_block_tag
def summary(content: SafeString) -> SafeString:
    """A list of facts: {% fact %} after {% fact %}."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', content)


@register.inclusion_tag("components/fact.html")
def fact(key: str, value: object, href: str = "", action: str = "Change") -> dict[str, object]:
    """One fact of a summary list; a missing value is said to be missing."""
    return {"key": key, "value": value, "href": href, "action": action}


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """Words set apart from the text around them."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.inclusion_tag("components/warning.html")
def warning(text: str) -> dict[str, str]:
    """A warning about consequences, said as one."""
    return {"text": text}


@register.simple_block_tag
def empty(content: SafeString, title: str, level: int = 2) -> SafeString:
    """Said where a list would be: why there is nothing, and what to do next."""
    values = {"content": content, "title": title, "heading": f"h{level}"}
    return render_to_string("components/empty.html", values)


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[Any], level: int = 2) -> dict[str, Any]:
    """Who did what when, from what to what, and why: components.TimelineEntry, or anything shaped like it."""
    return {"entries": entries, "heading": f"h{level}"}


@register.simple_block_tag
def pending(content: SafeString, url: str, busy: object = True, seconds: int = 2) -> SafeString:  # noqa: FBT002
    """A part of the page that renews itself while the worker is busy, and rests once it is done.

    `url` is the address of the page itself. Without JavaScript {% refresh %} in the head does the same.
    """
    values = {"content": content, "url": url, "busy": busy, "seconds": seconds}
    return render_to_string("components/pending.html", values)


@register.simple_tag
def refresh(busy: object = True, seconds: int = 5) -> str:  # noqa: FBT002
    """For {% block head %}: the page comes again by itself where scripts do not run, while there is work."""
    if not busy:
        return ""
    return format_html('<noscript><meta http-equiv="refresh" content="{}"></noscript>', seconds)


# Ways


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*pairs: str) -> dict[str, list[Link]]:
    """The way from home to the page above this one: words and address by turns."""
    return {"links": [Link(text, href) for text, href in zip(pairs[::2], pairs[1::2], strict=True)]}


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, text: str = "Back") -> dict[str, str]:
    """The one step back, where breadcrumbs would say too much."""
    return {"href": href, "text": text}


@register.inclusion_tag("components/button.html")
def button(text: str, href: str = "", kind: str = "", name: str = "", value: str = "") -> dict[str, str]:
    """A button that says the action; with `href` a link that looks like one. `kind`: secondary or warning."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value}


@register.simple_block_tag
def buttons(content: SafeString) -> SafeString:
    """Buttons and links of one decision, side by side."""
    return format_html('<div class="govuk-button-group">{}</div>', content)


@register.simple_tag(takes_context=True)
def can(context: Context, permission: str, subject: Model | None = None) -> bool:
    """May the person who reads this do that? {% can "assets.change_asset" asset as allowed %}"""
    request: HttpRequest = context["request"]
    return request.user.has_perm(permission, subject)


# Lists


@register.simple_block_tag(takes_context=True)
def table(
    context: Context,
    content: SafeString,
    caption: str,
    columns: Sequence[Column] = (),
    hidden_caption: bool = False,  # noqa: FBT001, FBT002
    stacks: bool = False,  # noqa: FBT001, FBT002
) -> SafeString:
    """A table with its caption and headings; the content is plain <tr>s, <th scope="row"> first in each.

    One that `stacks` has no columns on a phone: the cells of a row stand one below the other.
    """
    asked = context["request"].GET if "request" in context else QueryDict()
    headings = [heading(column, asked) for column in columns]
    values = {"content": content, "caption": caption, "headings": headings, "hidden_caption": hidden_caption}
    return render_to_string("components/table.html", values | {"stacks": stacks})


@register.simple_block_tag
def each(content: SafeString, rows: Iterable[Mapping[str, Any]], **same: Any) -> SafeString:
    """The content once for each row, drawn at once since a page has hundreds.

    In it {name} stands for what the row, or `same`, calls so; what people typed goes in by a name only.
    """
    return format_html_join("", content, ({**same, **row} for row in rows))


def heading(column: Column, asked: QueryDict) -> Heading:
    """The heading of a column under ?sort=: a second click turns the order round."""
    now = asked.get("sort", "")
    order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(now, "") if column.sort else ""
    if not column.sort:
        return Heading(column.text, column.numeric)
    query = asked.copy()
    query.pop("page", None)
    query["sort"] = f"-{column.sort}" if order == "ascending" else column.sort
    return Heading(column.text, column.numeric, f"?{query.urlencode()}", order)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, the rest of the address kept; nothing for a single page."""
    asked = context["request"].GET

    def to(number: int) -> str:
        query = asked.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [(number, to(number) if isinstance(number, int) else "") for number in shown]
    return {"page": page, "items": items, "previous": to(page.number - 1), "next": to(page.number + 1)}


@register.simple_tag
def page_of(page: Page[Any]) -> str:
    """For {% block title %}: " (page 2 of 4)", or nothing for a single page."""
    pages = page.paginator.num_pages
    return f" (page {page.number} of {pages})" if pages > 1 else ""


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(
    context: Context,
    form: Any,
    title: str = "Filter",
    action: str = "Apply filters",
    folded: bool = False,  # noqa: FBT001, FBT002
) -> dict[str, Any]:
    """The filters of a list as a GET form, folded on a small screen, or `folded` on any until it is in use.

    Takes a form or a FilterSet. One that names its `most_used` filters has the others under "More filters";
    one that `carries` nothing leaves out what else the address says.
    """
    most_used = getattr(form, "most_used", ())
    form = getattr(form, "form", form)
    form.mark_optional = False
    asked: QueryDict = context["request"].GET
    in_force = applied(form, asked)
    shown = form.visible_fields()
    more = [bound for bound in shown if most_used and bound.name not in most_used]
    labels = {str(bound.label) for bound in more}
    return {
        "form": form,
        "first": [group_of(bound) for bound in shown if bound not in more],
        "more": [group_of(bound) for bound in more],
        "more_count": sum(each.label in labels for each in in_force),
        "more_wrong": any(bound.errors for bound in more),
        "title": title,
        "action": action,
        "folded": folded,
        "carried": carried(form, asked) if getattr(form, "carries", True) else [],
        "count": len(in_force),
    }


@register.inclusion_tag("components/applied_filters.html", takes_context=True)
def applied_filters(context: Context, form: Any) -> dict[str, Sequence[AppliedFilter]]:
    """The filters in force, each with the way to take it off."""
    return {"applied": applied(getattr(form, "form", form), context["request"].GET)}


# Forms


@register.inclusion_tag("components/notices.html", takes_context=True)
def notices(context: Context) -> dict[str, Any]:
    """The error summary of the page's form, or else its messages: never both. base.html places it."""
    errors = broken(context)
    return {"errors": errors, "messages": () if errors else context.get("messages", ())}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, list[Link]]:
    """The error summary of forms that the page does not hand over as `form`."""
    return {"errors": [error for form in forms for error in errors_of(form)]}


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """ "Error: " in front of the title while the page has something to put right."""
    return "Error: " if broken(context) else ""


def broken(context: Context) -> list[Link]:
    """What is wrong with the page's `form` or `formset`, each with a link to its field."""
    forms = [context[name] for name in ("form", "formset") if name in context]
    return [error for form in forms for error in errors_of(form)]


@register.simple_tag
def in_words(value: Any) -> str:
    """A value as a reader would say it: dates in full, yes and no, "Nothing"."""
    return components.in_words(value)
