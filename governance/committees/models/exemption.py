"""What of a paper is not for publication: a section, an appendix or a row of its lists, and by which law."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from governance.committees.models.attached import Appendix
from governance.committees.models.paper import Paper, PaperSection
from governance.history.models import History, Recorded

A_SECTION = Q(section__isnull=False, appendix=None, row="")
AN_APPENDIX = Q(section=None, appendix__isnull=False, row="")
A_ROW = Q(section=None, appendix=None) & ~Q(row="")


class Exemption(Recorded):
    """One part of a paper that the public is not given, marked while the paper is a draft.

    Exempt information names the paragraph of Schedule 12A and why the public interest is better served by
    keeping it; the description is kept as it stood. Confidential information (section 100A(3)) has neither
    paragraph nor public-interest test: `reason` says who forbids it, and it is never lifted here.
    """

    class Kind(models.TextChoices):
        """Which law keeps it from the public."""

        EXEMPT = "exempt", "Exempt information (Schedule 12A)"
        CONFIDENTIAL = "confidential", "Confidential information (section 100A(3))"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="exemptions")
    kind = models.CharField("what it contains", max_length=12, choices=Kind, default=Kind.EXEMPT)
    paragraph = models.CharField("paragraph of Schedule 12A", max_length=3, blank=True, default="")
    description = models.TextField(blank=True, default="", editable=False)
    reason = models.TextField("why it is not for publication")
    section = models.OneToOneField(
        PaperSection, models.CASCADE, null=True, blank=True, related_name="exemption"
    )
    appendix = models.OneToOneField(Appendix, models.CASCADE, null=True, blank=True, related_name="exemption")
    row = models.CharField("reference of the row", max_length=80, blank=True, default="")
    withholds_heading = models.BooleanField("its heading is not for publication either", default=False)

    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="exemption_names_its_paragraph_and_reason",
                condition=~Q(reason="")
                & (
                    Q(kind="exempt") & ~Q(paragraph="") & ~Q(description="")
                    | Q(kind="confidential", paragraph="", description="")
                ),
            ),
            models.CheckConstraint(
                name="exemption_is_of_one_part", condition=A_SECTION | AN_APPENDIX | A_ROW
            ),
            models.CheckConstraint(
                name="heading_withheld_is_of_a_section",
                condition=Q(withholds_heading=False) | Q(section__isnull=False),
            ),
            models.UniqueConstraint(name="row_is_exempt_once", fields=["paper", "row"], condition=~Q(row="")),
        ]

    def __str__(self) -> str:
        return self.of

    @property
    def of(self) -> str:
        """Which part it is, in words."""
        if self.section:
            return f"Section “{self.section}”"
        return f"Appendix “{self.appendix}”" if self.appendix else f"Row {self.row}"

    @property
    def in_short(self) -> str:
        """The law, in short: "paragraph 3", "confidential"."""
        return "confidential" if self.is_confidential else f"paragraph {self.paragraph}"

    @property
    def is_confidential(self) -> bool:
        """Is it confidential information, which nobody here can lift?"""
        return self.kind == self.Kind.CONFIDENTIAL
