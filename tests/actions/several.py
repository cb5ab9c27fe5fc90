"""What the tests of reports on several actions share: addresses, and what the form posts."""

from django.urls import reverse

from governance.core.dates import today

MINE, REPORT = reverse("actions:mine"), reverse("actions:report_mine")


def of_plan(plan):
    return reverse("actions:report_plan", args=[plan.code])


def typed(*said, day=None):
    """What the form posts: (action, status, evidence) for each; every action as it was seen just now."""
    day = day or today()
    form = {"effective_on_day": day.day, "effective_on_month": day.month, "effective_on_year": day.year}
    for action, status, evidence in said:
        row = f"a{action.pk}"
        form |= {f"{row}-status": status, f"{row}-evidence": evidence, f"{row}-seen": action.latest().pk}
    return form
