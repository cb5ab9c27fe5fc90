"""Forms of the administrator: who comes into a post, what a post is charged with, when it ends."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction

from governance.core.dates import long_date, today
from governance.core.forms import ChangeReason, DateField, Form, ModelForm, VersionedForm
from governance.history.trail import because
from governance.people.models import (
    Controller,
    Dated,
    OrganisationalUnit,
    Post,
    PostHolding,
    Role,
    RoleAssignment,
    User,
)


class EnterForm(ModelForm):
    """Enters something new that is known by one field, `known_by`, which nothing else may have."""

    known_by: ClassVar[str] = "code"
    taken: ClassVar[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[self.known_by].error_messages["unique"] = self.taken

    def enter(self) -> Any | None:
        """What was entered; None, with the sentence beside the field, if somebody else was just quicker."""
        try:
            with transaction.atomic():
                return self.save()
        except IntegrityError:
            self.add_error(self.known_by, self.taken)
            return None


class NewPersonForm(EnterForm):
    """Somebody who signs in, or is to be named. They set their own password by a mail to the address."""

    known_by = "email"
    taken = "Somebody already has an account with this e-mail address"

    class Meta:
        model = User
        fields = ("email", "display_name")
        labels: ClassVar = {"email": "Email address", "display_name": "Name"}
        help_texts: ClassVar = {"email": "They sign in with it, and links that set their password go there."}

    def clean_email(self) -> str:
        """In lower case, as it is kept: case makes no second account."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def save(self, *args: Any, **options: Any) -> User:
        """The person, without a password."""
        return User.objects.create_user(self.cleaned_data["email"], self.cleaned_data["display_name"])


class NewUnitForm(EnterForm):
    """A directorate, service or team."""

    taken = "A unit already has this code"

    class Meta:
        model = OrganisationalUnit
        fields = ("name", "code", "parent", "from_on")
        labels: ClassVar = {"parent": "Which unit is above it?", "from_on": "First day of the unit"}
        help_texts: ClassVar = {"code": "A short name without spaces, such as adult-social-care."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["from_on"].initial = today
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset, parent.empty_label = (
            OrganisationalUnit.objects.in_force(today()),
            "None: it is at the top",
        )


class NewPostForm(EnterForm):
    """A post, vacant and without a role."""

    taken = "A post already has this code"

    class Meta:
        model = Post
        fields = ("title", "code", "unit")
        help_texts: ClassVar = {"code": "A short name without spaces, such as head-of-housing."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset, unit.empty_label = OrganisationalUnit.objects.in_force(today()), "Choose a unit"


class AppointForm(Form):
    """Put a person into a post. `by`, who fills it in, is not among those to choose from."""

    person = forms.ModelChoiceField(User.objects.none(), empty_label="Choose a person")
    kind = forms.ChoiceField(
        label="How do they hold the post?",
        choices=PostHolding.Kind,
        initial=PostHolding.Kind.SUBSTANTIVE,
        widget=forms.RadioSelect,
    )
    from_on = DateField(label="First day in the post", initial=today)

    def __init__(self, *args: Any, post: Post, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.post = post
        self.choices_of("person").queryset = User.objects.active().exclude(pk=by.pk)

    def choices_of(self, name: str) -> forms.ModelChoiceField[Any]:
        """A field that chooses among rows."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def clean(self) -> dict[str, Any]:
        """Refuses to appoint somebody who holds the post at that time already."""
        given = super().clean() or {}
        person, start = given.get("person"), given.get("from_on")
        if person and start and self.post.holdings.not_over(start).filter(person=person).exists():
            self.add_error("person", f"{person} already holds this post then")
        return given

    def save(self) -> PostHolding:
        """The appointment."""
        given = self.cleaned_data
        return self.post.appoint(given["person"], from_on=given["from_on"], kind=given["kind"])


class GiveRoleForm(Form):
    """Charge a post with a role, for the whole council or for a unit and all below it."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *Role.choices])
    unit = forms.ModelChoiceField(
        OrganisationalUnit.objects.none(),
        label="For which unit?",
        help_text="A role for a unit covers all units below it.",
        required=False,
        empty_label="The whole council",
    )
    from_on = DateField(label="First day with the role", initial=today)

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        self.post = post
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = OrganisationalUnit.objects.in_force(today())

    def clean(self) -> dict[str, Any]:
        """Refuses a role that the post has then already."""
        given = super().clean() or {}
        role, start = given.get("role"), given.get("from_on")
        same = self.post.role_assignments.filter(role=role, unit=given.get("unit"))
        if role and start and same.not_over(start).exists():
            self.add_error("role", "The post has this role then already")
        return given

    def save(self) -> RoleAssignment:
        """The role, given."""
        given = self.cleaned_data
        return self.post.give_role(given["role"], from_on=given["from_on"], unit=given["unit"])


class EndForm(Form):
    """The last day of something dated. What has been stays as it was, and nothing is prolonged."""

    until_on = DateField(
        label="Last day", initial=today, help_text="Yesterday at the earliest: it then holds no longer"
    )

    def __init__(self, *args: Any, dated: Dated, **options: Any) -> None:
        super().__init__(*args, **options)
        self.dated = dated

    def clean_until_on(self) -> date:
        """Raises ValidationError for a day before yesterday or the first, or after the present last."""
        day: date = self.cleaned_data["until_on"]
        earliest, latest = self.dated.may_end_from(today()), self.dated.until_on
        if day < earliest:
            raise forms.ValidationError(f"Last day must be {long_date(earliest)} or later")
        if latest and day > latest:
            raise forms.ValidationError(f"Last day must be {long_date(latest)} or earlier")
        return day

    def save(self) -> None:
        """Let it end."""
        self.dated.end(self.cleaned_data["until_on"])


class ControllerForm(VersionedForm):
    """The council as data controller, and its data protection officer."""

    change_reason = ChangeReason()

    class Meta:
        model = Controller
        fields = (
            "name", "email", "address", "telephone", "dpo_name", "dpo_email", "dpo_address", "dpo_telephone"
        )  # fmt: skip
        labels: ClassVar = {"name": "Name of the council"}
        widgets: ClassVar = {
            "address": forms.Textarea({"rows": 4}), "dpo_address": forms.Textarea({"rows": 4})
        }  # fmt: skip

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save it with the reason beside it in the history."""
        with because(self.cleaned_data["change_reason"]):
            return super().save(commit)
