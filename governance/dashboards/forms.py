"""Handing over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from governance.core.dates import today
from governance.core.forms import ChangeReason, DateField, Form
from governance.people.models import Post


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post with who is in it, so that one person can be found who takes over from another."""

    def label_from_instance(self, obj: Post) -> str:
        """Its title and who is in it, where they go by another name than the post."""
        names = [each.person.display_name for each in obj.holders]
        others = ", ".join(name for name in names if name != obj.title)
        return f"{obj.title} ({others})" if others else obj.title


class HandOverForm(Form):
    """To which post, from which day, and why. `seen` says what was shown when it was looked at."""

    to = PostField(
        Post.objects.none(),
        label="To which post?",
        help_text="Only posts that somebody is in: nothing is handed over to nobody.",
        empty_label="Choose a post",
        error_messages={"required": "Select the post that takes over"},
    )
    from_on = DateField(
        label="From which day?",
        subject="The day",
        help_text="Today, or a day to come: it is then planned, and can be withdrawn until that day.",
        initial=today,
        earliest=today,
    )
    change_reason = ChangeReason(
        label="Why is it handed over?",
        help_text="Shown in the history of each entry, such as Retirement of the head of service",
        error_messages={"required": "Enter why it is handed over"},
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        others = Post.objects.filled(today()).exclude(pk__in=[post.pk for post in posts])
        to.queryset = others.for_directory(today()).order_by("title")


class WithdrawForm(Form):
    """Why a hand-over that is planned is taken back."""

    change_reason = ChangeReason(
        label="Why is it withdrawn?",
        help_text="Shown in the history of the hand-over",
        error_messages={"required": "Enter why it is withdrawn"},
    )
