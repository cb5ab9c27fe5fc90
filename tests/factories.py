"""Records for tests, made through the product's own methods where it has any.

Every day is long past, so that nothing depends on when the tests run. Roles and holdings have no end
unless a test gives one.
"""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actions.models import Action, ActionAsset, ActionPlan, Audit, Recommendation, ScopeArea
from assets.models import Asset
from governance.people.models import OrganisationalUnit, Post, PostHolding, RoleAssignment, User
from risks.models import Risk

LONG_AGO = date(2015, 4, 1)
OPENED_ON = date(2016, 1, 4)


class UnitFactory(DjangoModelFactory):
    """A service of the council, at the top of the tree unless it gets a parent."""

    class Meta:
        model = OrganisationalUnit

    code = factory.Sequence("unit-{}".format)
    name = factory.Sequence("Service {}".format)
    from_on = LONG_AGO


class PostFactory(DjangoModelFactory):
    """A post, vacant."""

    class Meta:
        model = Post

    code = factory.Sequence("post-{}".format)
    title = factory.Sequence("Head of service {}".format)
    unit = factory.SubFactory(UnitFactory)


class UserFactory(DjangoModelFactory):
    """A person who cannot sign in by password, unless one is given."""

    class Meta:
        model = User

    email = factory.Sequence("person-{}@northmere.example".format)
    display_name = factory.Sequence("Person {}".format)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(*args, **fields)


class PostHoldingFactory(DjangoModelFactory):
    """A person in a post."""

    class Meta:
        model = PostHolding

    post = factory.SubFactory(PostFactory)
    person = factory.SubFactory(UserFactory)
    from_on = LONG_AGO


class RoleAssignmentFactory(DjangoModelFactory):
    """A role given to a post, for the whole council unless for a unit."""

    class Meta:
        model = RoleAssignment

    post = factory.SubFactory(PostFactory)
    from_on = LONG_AGO


class AssetFactory(DjangoModelFactory):
    """An information asset, held by the unit of the post that owns it."""

    class Meta:
        model = Asset

    reference = factory.Sequence("IA-{:04}".format)
    title = factory.Sequence("Asset {}".format)
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")
    form = Asset.Form.ELECTRONIC
    contains_personal_data = True


class RiskFactory(DjangoModelFactory):
    """An information risk, in the unit of the post that owns it."""

    class Meta:
        model = Risk

    reference = factory.Sequence("IR-{:04}".format)
    title = factory.Sequence("Risk {}".format)
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")


class AuditFactory(DjangoModelFactory):
    """An audit of the council."""

    class Meta:
        model = Audit

    code = factory.Sequence("audit-{}".format)
    auditor = "Information Commissioner's Office"
    title = factory.Sequence("Audit {}".format)


class ScopeAreaFactory(DjangoModelFactory):
    """A part of what an audit looked at."""

    class Meta:
        model = ScopeArea

    audit = factory.SubFactory(AuditFactory)
    code = factory.Sequence("area-{}".format)
    title = factory.Sequence("Area {}".format)
    position = factory.Sequence(int)


class RecommendationFactory(DjangoModelFactory):
    """What an audit asks for."""

    class Meta:
        model = Recommendation

    audit = factory.SubFactory(AuditFactory)
    reference = factory.Sequence("R{}".format)
    text = factory.Sequence("Recommendation {}".format)
    illustrative = True


class PlanFactory(DjangoModelFactory):
    """An action plan, empty."""

    class Meta:
        model = ActionPlan

    code = factory.Sequence("plan-{}".format)
    title = factory.Sequence("Plan {}".format)
    audit = factory.SubFactory(AuditFactory)
    opened_on = OPENED_ON


class ActionAssetFactory(DjangoModelFactory):
    """An asset that an action concerns."""

    class Meta:
        model = ActionAsset

    action = factory.SubFactory("tests.factories.ActionFactory")
    asset = factory.SubFactory(AssetFactory)


class ActionFactory(DjangoModelFactory):
    """An action, opened on its plan and so with the update that every action opens with."""

    class Meta:
        model = Action

    plan = factory.SubFactory(PlanFactory)
    reference = factory.Sequence("ACT-{:03}".format)
    title = factory.Sequence("Action {}".format)
    owner = factory.SubFactory(PostFactory)
    by = factory.SubFactory(UserFactory)
    opened_on = factory.SelfAttribute("plan.opened_on")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return fields.pop("plan").open_action(**fields)
