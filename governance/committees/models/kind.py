"""What sorts of paper there are. What each begins with is data: shipped/kinds.toml."""

from django.db import models


class PaperKind(models.TextChoices):
    """What a paper is about: it decides which figures it begins with, and which sections come with it."""

    PROGRESS = "progress", "Progress of action plans"
    RISKS = "risks", "Information risk register"
    ASSETS = "assets", "Information asset register and attestation by owners"
    SIRO_ANNUAL = "siro_annual", "Annual report of the senior information risk owner"
    FOLLOW_UP = "follow_up", "Outcome of a follow-up audit"
    POLICY = "policy", "Policy for approval"
    COMBINED = "combined", "Combined report: plans, risks and assets"
    POSITION = "position", "Annual position as at 31 March, with the year before"
    DECISION = "decision", "Executive decision, with reasons and options rejected"
