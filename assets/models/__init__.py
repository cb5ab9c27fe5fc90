"""The Information Asset Register: assets, and what they choose from."""

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
from assets.models.holds import Hold, HoldAsset, HoldReason
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
from assets.models.publications import Publication, PublicContact
from assets.models.quality import QualityIssue, QualityRule
from assets.models.retention import RetentionRule
from assets.models.sharing import Agreement
from assets.models.sharing_links import AgreementAsset, AgreementPartner
from assets.models.sharing_terms import SharingPeriods, TransferMethod

__all__ = [
    "CRITICALITY",
    "HELD",
    "READERS",
    "UNIT_READERS",
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
    "Disposal",
    "DisposalMethod",
    "Exemption",
    "FormerName",
    "Frequency",
    "Function",
    "Hold",
    "HoldAsset",
    "HoldReason",
    "ImpactLevel",
    "Keeping",
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
    "ProcessorContract",
    "PublicContact",
    "Publication",
    "QualityIssue",
    "QualityRule",
    "RenameError",
    "RetentionRule",
    "Sample",
    "SampledAnswer",
    "SharingPeriods",
    "System",
    "TransferMethod",
    "VolumeBand",
    "confirmable",
    "may_be_confirmed_by",
]
