"""Handing over."""

from __future__ import annotations

from typing import Any

from django import forms

from governance.core.dates import today
from governance.core.forms import Form
from governance.people.models import Post


class HandOverForm(Form):
    """To which post, and why."""

    to = forms.ModelChoiceField(
        Post.objects.none(),
        label="To which post?",
        help_text="Only posts that somebody is in: nothing is handed over to nobody.",
        empty_label="Choose a post",
    )
    change_reason = forms.CharField(
        label="Why is it handed over?",
        help_text="Shown in the history of each entry, such as Retirement of the head of service",
        max_length=200,
    )

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = Post.objects.filled(today()).exclude(pk=post.pk).order_by("title")
