"""Clearance: who is asked, whom the paper is sent to, what a post answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing

from governance.committees.models import ClearanceAnswer, Clearer
from governance.core.forms import Explanation, Form
from governance.people.models import Post

if TYPE_CHECKING:
    from governance.committees.clearing import Standing, Words

SALT = "the words that a person was shown"


class ClearerForm(Form):
    """Which post contributes or clears, and as what."""

    post = forms.ModelChoiceField(Post.objects.none(), label="Post")
    part = forms.ChoiceField(label="As what?", choices=Clearer.Part, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = self.fields["post"]
        assert isinstance(posts, forms.ModelChoiceField)
        posts.queryset = Post.objects.all()


class SendForm(Form):
    """Which posts the paper is sent to."""

    posts = forms.MultipleChoiceField(label="Send the paper to", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, standing: Sequence[Standing], **options: Any) -> None:
        super().__init__(*args, **options)
        self.standing = {str(each.clearer.pk): each.clearer for each in standing if each.may_be_sent}
        posts = self.fields["posts"]
        assert isinstance(posts, forms.MultipleChoiceField)
        posts.choices = [
            (key, f"{clearer} ({clearer.get_part_display().lower()})")
            for key, clearer in self.standing.items()
        ]
        posts.initial = list(self.standing)

    def chosen(self) -> list[Clearer]:
        """The posts ticked."""
        return [self.standing[key] for key in self.cleaned_data["posts"]]


class AnswerForm(Form):
    """Clear the paper or return it. It carries what was shown: nobody clears what they have not read."""

    outcome = forms.ChoiceField(
        label="Do you clear this paper?",
        choices=[("cleared", "Yes, I clear it as it stands"), ("returned", "No, I return it with a comment")],
        widget=forms.RadioSelect,
    )
    comment = Explanation(label="Comment", required=False, help_text="Needed if you return it")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, shown: Words, **options: Any) -> None:
        self.carried = signing.dumps(shown, salt=SALT, compress=True)
        super().__init__(*args, initial={"seen": self.carried}, **options)

    def clean_seen(self) -> Words:
        """The words that were shown."""
        try:
            seen: Words = signing.loads(self.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature:
            raise forms.ValidationError(
                "What you were shown of the paper did not come back with your answer. Answer again"
            ) from None
        return seen

    def clean(self) -> dict[str, Any]:
        """Who returns a paper says why."""
        said = super().clean() or {}
        if said.get("outcome") == ClearanceAnswer.Outcome.RETURNED and not said.get("comment"):
            self.add_error("comment", "Say what has to be changed before you can clear it")
        return said

    def shown_now(self) -> None:
        """Let the page carry what it shows now: the next click is about that."""
        if self.is_bound:
            self.data = {name: self.data.get(name) for name in self.fields} | {"seen": self.carried}
