"""The Information Asset Register: assets, and what they choose from."""

from assets.models.activity_rows import (
    ActivityAsset,
    ActivityCondition,
    ControllerServed,
    RowVersionQuerySet,
    Transfer,
)
from assets.models.article_30 import NEEDED
from assets.models.asset import CRITICALITY, HELD, READERS, UNIT_READERS, Asset, AssetQuerySet
from assets.models.assurance import PositionStatement, Sample, SampledAnswer
from assets.models.attestation import (
    Attestation,
    AttestationAnswer,
    AttestationPeriods,
    AttestationQuestion,
    confirmable,
    may_be_confirmed_by,
)
from assets.models.campaigns import Campaign, CampaignService, Chase
from assets.models.contracts import ComplianceReview, ContractAsset, ProcessorContract
from assets.models.disposal import Disposal, DisposalMethod
from assets.models.dpia import Dpia, DpiaAuthor, Level
from assets.models.dpia_querysets import DpiaQuerySet
from assets.models.dpia_risk import DpiaRisk
from assets.models.holds import Hold, HoldAsset, HoldReason
from assets.models.impact import GoAhead, lacks_dpia
from assets.models.lawful import (
    DpiaCriterion,
    InterestCondition,
    LawfulBasis,
    Safeguard,
    ScheduleCondition,
    SpecialCondition,
)
from assets.models.lists import (
    Exemption,
    Function,
    ImpactLevel,
    Licence,
    ListEntry,
    ListQuerySet,
    Marking,
    OldMarking,
    VolumeBand,
)
from assets.models.openness import Frequency, Obligation
from assets.models.partners import FormerName, Partner, PartnerKind, RenameError
from assets.models.places import Keeping, Location, System
from assets.models.processing import ActivityQuerySet, ProcessingActivity
from assets.models.publications import Publication
from assets.models.quality import QualityIssue, QualityRule
from assets.models.retention import RetentionRule
from assets.models.screening import Advice, Screening, ScreeningCriterion
from assets.models.sharing import Agreement
from assets.models.sharing_links import AgreementAsset, AgreementPartner
from assets.models.sharing_terms import SharingPeriods, TransferMethod
from assets.models.states import CLOSED, STEPS
from assets.models.tally import Tally
from assets.models.titleword import TitleWord

__all__ = [
    "CLOSED",
    "CRITICALITY",
    "HELD",
    "NEEDED",
    "READERS",
    "STEPS",
    "UNIT_READERS",
    "ActivityAsset",
    "ActivityCondition",
    "ActivityQuerySet",
    "Advice",
    "Agreement",
    "AgreementAsset",
    "AgreementPartner",
    "Asset",
    "AssetQuerySet",
    "Attestation",
    "AttestationAnswer",
    "AttestationPeriods",
    "AttestationQuestion",
    "Campaign",
    "CampaignService",
    "Chase",
    "ComplianceReview",
    "ContractAsset",
    "ControllerServed",
    "Disposal",
    "DisposalMethod",
    "Dpia",
    "DpiaAuthor",
    "DpiaCriterion",
    "DpiaQuerySet",
    "DpiaRisk",
    "Exemption",
    "FormerName",
    "Frequency",
    "Function",
    "GoAhead",
    "Hold",
    "HoldAsset",
    "HoldReason",
    "ImpactLevel",
    "InterestCondition",
    "Keeping",
    "LawfulBasis",
    "Level",
    "Licence",
    "ListEntry",
    "ListQuerySet",
    "Location",
    "Marking",
    "Obligation",
    "OldMarking",
    "Partner",
    "PartnerKind",
    "PositionStatement",
    "ProcessingActivity",
    "ProcessorContract",
    "Publication",
    "QualityIssue",
    "QualityRule",
    "RenameError",
    "RetentionRule",
    "RowVersionQuerySet",
    "Safeguard",
    "Sample",
    "SampledAnswer",
    "ScheduleCondition",
    "Screening",
    "ScreeningCriterion",
    "SharingPeriods",
    "SpecialCondition",
    "System",
    "Tally",
    "TitleWord",
    "Transfer",
    "TransferMethod",
    "VolumeBand",
    "confirmable",
    "lacks_dpia",
    "may_be_confirmed_by",
]
