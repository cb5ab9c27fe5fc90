"""Records for tests: made the way the product makes them, valid, and each one different."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actions.models import Action, ActionPlan, Audit
from assets.models import Asset
from governance.people.models import OrganisationalUnit, Post, PostHolding, RoleAssignment, User
from risks.models import Risk

SINCE = date(2015, 1, 1)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = OrganisationalUnit

    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    from_on = SINCE


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    code = factory.Sequence(lambda n: f"post-{n}")
    title = factory.Sequence(lambda n: f"Head of Service {n}")
    unit = factory.SubFactory(UnitFactory)


class UserFactory(DjangoModelFactory):
    """A person without a usable password; tests sign them in by force_login or a session."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"officer-{n}@northmere.example")
    display_name = factory.Sequence(lambda n: f"Officer {n}")
    password = "!"


class PostHoldingFactory(DjangoModelFactory):
    class Meta:
        model = PostHolding

    post = factory.SubFactory(PostFactory)
    person = factory.SubFactory(UserFactory)
    from_on = SINCE


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    post = factory.SubFactory(PostFactory)
    from_on = SINCE


class AssetFactory(DjangoModelFactory):
    class Meta:
        model = Asset

    reference = factory.Sequence(lambda n: f"IA-{n:04}")
    title = factory.Sequence(lambda n: f"Case files {n}")
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")
    form = Asset.Form.DATA
    contains_personal_data = False


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = Risk

    reference = factory.Sequence(lambda n: f"IR-{n:04}")
    title = factory.Sequence(lambda n: f"Files are lost {n}")
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")


class AuditFactory(DjangoModelFactory):
    class Meta:
        model = Audit

    code = factory.Sequence(lambda n: f"audit-{n}")
    auditor = "An auditor"
    title = factory.Sequence(lambda n: f"Audit {n}")


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = ActionPlan

    code = factory.Sequence(lambda n: f"plan-{n}")
    title = factory.Sequence(lambda n: f"Plan {n}")
    audit = factory.SubFactory(AuditFactory)
    opened_on = SINCE


class ActionFactory(DjangoModelFactory):
    """An action opened on its plan, so that its "not started" update is there."""

    class Meta:
        model = Action

    reference = factory.Sequence(lambda n: f"ACT-{n:04}")
    title = factory.Sequence(lambda n: f"Do the work {n}")
    plan = factory.SubFactory(PlanFactory)
    owner = factory.SubFactory(PostFactory)

    @classmethod
    def _create(cls, model_class, *args, plan, **facts):
        when = {name: facts.pop(name) for name in ("known_at", "source_document") if name in facts}
        by = facts.pop("by", None) or UserFactory()
        return plan.open_action(by=by, opened_on=facts.pop("opened_on", SINCE), **when, **facts)
