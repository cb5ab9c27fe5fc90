"""What the forms of sharing and openness have in common: what the database would refuse, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import QueryDict

from assets.models import Asset
from assets.models.numbering import next_reference
from assets.models.periods import EARLIEST, LATEST
from governance.core.dates import today
from governance.core.forms import DateField, ModelForm
from governance.history.trail import because
from governance.people.registers.forms import EntryForm, units_to_choose

if TYPE_CHECKING:
    from governance.people.models import User

    _Mixed = ModelForm
else:
    _Mixed = object


class Worded(_Mixed):
    """For a model form: each constraint of the entry as a whole is checked, and told at its field.

    `SENTENCES` gives, by the constraint's name, the fields it is about and what to do. Where none of the
    fields is on the form, the sentence stands above it.
    """

    SENTENCES: ClassVar[dict[str, tuple[tuple[str, ...], str]]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.earliest, field.latest = field.earliest or EARLIEST, field.latest or LATEST
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4

    def _post_clean(self) -> None:
        """Django's, but for the constraints: it leaves out those that name a field of another section."""
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.validate_constraints
        self.check_constraints()

    def check_constraints(self) -> None:
        """Add an error for each constraint that what was typed would break."""
        if self.errors:
            return
        for constraint in self._meta.model._meta.constraints:
            try:
                constraint.validate(self._meta.model, self.instance)
            except ValidationError as refused:
                fields, sentence = self.SENTENCES.get(constraint.name, ((), " ".join(refused.messages)))
                self.add_error(next((name for name in fields if name in self.fields), None), sentence)


class HeldForm(Worded, EntryForm):
    """Change one section of an entry that a post owns and a unit holds."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self)


class NewForm(Worded, ModelForm):
    """Enter something into a register, under its next reference."""

    permission: ClassVar[str]
    prefix_of_references: ClassVar[str]

    def __init__(self, data: QueryDict | None, *, person: User) -> None:
        super().__init__(data)
        self.person = person
        offer(self)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_to_choose(today(), None)

    def _post_clean(self) -> None:
        """Django's, then what the rules say of the entry as it would be."""
        self.instance.reference = f"{self.prefix_of_references}-0000"
        super()._post_clean()
        if not self.errors and not self.person.has_perm(self.permission, self.instance):
            self.add_error(
                "unit",
                "Choose a post or unit of your own, or ask the Information Governance Team to enter it",
            )

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """The entry, on the register."""
        with transaction.atomic(), because("Entered on the register"):
            self.instance.reference = next_reference(type(self.instance), self.prefix_of_references)
            self.instance.save(force_insert=True)
        return self.instance


class RowForm(Worded, ModelForm):
    """Add a row to an entry, or change one. Of two who add the same at once, the second is told."""

    taken = "It is there already"

    def saved(self, reason: str) -> bool:
        """Write it. False where somebody else was faster; the form then says so."""
        try:
            with transaction.atomic(), because(reason):
                self.save()
        except IntegrityError:
            self.add_error(None, self.taken)
            return False
        return True


class AssetReferenceField(forms.CharField):
    """The reference of an asset that the person may open, typed in either case."""

    person: User | None = None

    def __init__(self) -> None:
        super().__init__(label="Reference of the asset", max_length=12, help_text="Such as IA-0042")

    def clean(self, value: Any) -> Any:
        """The asset. Raises ValidationError where there is none, or none that may be opened."""
        typed = super().clean(value)
        if not typed or self.person is None:
            return None
        found = Asset.objects.visible_to(self.person).filter(reference__iexact=typed).first()
        if found is None:
            raise ValidationError(f"There is no asset {typed} that you may open")
        return found


def offer(form: forms.BaseForm) -> None:
    """In each choice of a list offer what is offered today, and what was chosen before."""
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "offered"):
            instance: models.Model = form.instance  # type: ignore[attr-defined]
            chosen = getattr(instance, f"{name}_id", None)
            field.queryset = field.queryset.offered(also=chosen)  # type: ignore[union-attr]
