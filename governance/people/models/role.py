"""What a post may be charged with."""

from django.db import models


class Role(models.TextChoices):
    """What a post may be charged with. Which post holds which role is data: councils differ."""

    IAO = "iao", "Information asset owner"
    IAA = "iaa", "Information asset administrator (deputy)"
    IG_OFFICER = "ig_officer", "Information governance officer"
    RECORDS_MANAGER = "records_manager", "Records manager"
    SIRO = "siro", "Senior information risk owner"
    DPO = "dpo", "Data protection officer"
    CALDICOTT_GUARDIAN = "caldicott_guardian", "Caldicott Guardian"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring (proper) officer"
    COMMITTEE_OFFICER = "committee_officer", "Committee officer"
    AUTHOR = "author", "Report author"
    FINANCE_APPROVER = "finance_approver", "Finance approver"
    LEGAL_APPROVER = "legal_approver", "Legal approver"
    DIRECTOR_APPROVER = "director_approver", "Director approver"
    PORTFOLIO_HOLDER = "portfolio_holder", "Portfolio holder"
    IMSG_MEMBER = "imsg_member", "Information Management Strategy Group member"
    SERVICE_MANAGER = "service_manager", "Service manager"
    INTERNAL_AUDITOR = "internal_auditor", "Internal auditor"
    ADMINISTRATOR = "administrator", "Administrator"
