"""Records for tests. Every value is spelled out or counted up; nothing is random and nothing is made unasked."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from boards.models import Cost, Risk
from improvement.models import (
    Area,
    Council,
    CountsAs,
    Duty,
    Framework,
    Grade,
    Holding,
    Inspection,
    Intervention,
    InterventionKind,
    Judgement,
    LeadOfficer,
    Membership,
    Organisation,
    Plan,
    Rating,
    RatingScale,
    Role,
    Theme,
    User,
)
from recommendations.models import (
    Action,
    ActionLead,
    DuePrecision,
    Measure,
    MeasureKind,
    Phase,
    ProgressUpdate,
    Reading,
    Recommendation,
    Stage,
    Timescale,
)


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council

    slug = factory.Sequence(lambda n: f"council-{n}")
    name = factory.Sequence(lambda n: f"Council {n}")
    colour = "#1d4f76"
    stands_at = None


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    council = factory.SubFactory(CouncilFactory)
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = Framework

    slug = factory.Sequence(lambda n: f"framework-{n}")
    name = factory.Sequence(lambda n: f"Framework {n}")
    from_on = date(2000, 1, 1)


class GradeFactory(DjangoModelFactory):
    class Meta:
        model = Grade

    framework = factory.SubFactory(FrameworkFactory)
    slug = factory.Sequence(lambda n: f"grade-{n}")
    name = factory.Sequence(lambda n: f"Grade {n}")
    position = factory.Sequence(lambda n: n)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    framework = factory.SubFactory(FrameworkFactory)
    slug = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"Area {n}")
    position = factory.Sequence(lambda n: n)


class DutyFactory(DjangoModelFactory):
    class Meta:
        model = Duty

    framework = factory.SubFactory(FrameworkFactory)
    slug = factory.Sequence(lambda n: f"duty-{n}")
    name = factory.Sequence(lambda n: f"Duty {n}")
    amount = 70
    position = factory.Sequence(lambda n: n)


class InspectionFactory(DjangoModelFactory):
    class Meta:
        model = Inspection

    council = factory.SubFactory(CouncilFactory)
    framework = factory.SubFactory(FrameworkFactory)
    slug = factory.Sequence(lambda n: f"inspection-{n}")
    name = factory.Sequence(lambda n: f"Inspection {n}")
    inspectorates = "Ofsted"
    started_on = date(2012, 5, 8)
    ended_on = date(2012, 5, 18)


class JudgementFactory(DjangoModelFactory):
    class Meta:
        model = Judgement

    inspection = factory.SubFactory(InspectionFactory)
    area = factory.SubFactory(AreaFactory, framework=factory.SelfAttribute("..inspection.framework"))
    grade = factory.SubFactory(GradeFactory, framework=factory.SelfAttribute("..inspection.framework"))


class InterventionFactory(DjangoModelFactory):
    class Meta:
        model = Intervention

    council = factory.SubFactory(CouncilFactory)
    inspection = None
    slug = factory.Sequence(lambda n: f"intervention-{n}")
    kind = InterventionKind.NOTICE
    by_whom = "Secretary of State"
    issued_on = date(2012, 8, 6)


class LeadOfficerFactory(DjangoModelFactory):
    class Meta:
        model = LeadOfficer

    council = factory.SubFactory(CouncilFactory)
    organisation = factory.SubFactory(OrganisationFactory, council=factory.SelfAttribute("..council"))
    abbreviation = factory.Sequence(lambda n: f"P{n}")
    title = factory.LazyAttribute(lambda post: f"Post {post.abbreviation}")


class RatingScaleFactory(DjangoModelFactory):
    class Meta:
        model = RatingScale

    slug = factory.Sequence(lambda n: f"scale-{n}")
    name = factory.Sequence(lambda n: f"Scale {n}")


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = Rating

    scale = factory.SubFactory(RatingScaleFactory)
    slug = factory.Sequence(lambda n: f"rating-{n}")
    letter = factory.Sequence(lambda n: f"{n % 100}")
    word = factory.Sequence(lambda n: f"Word {n}")
    colour = "#1a7a43"
    meaning = "On track."
    counts_as = CountsAs.ON_TRACK
    position = factory.Sequence(lambda n: n)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    council = factory.SubFactory(CouncilFactory)
    slug = factory.Sequence(lambda n: f"plan-{n}")
    name = factory.Sequence(lambda n: f"Plan {n}")
    rating_scale = factory.SubFactory(RatingScaleFactory)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    plan = factory.SubFactory(PlanFactory)
    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: f"Theme {n}")
    position = factory.Sequence(lambda n: n)


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    theme = factory.SubFactory(ThemeFactory)
    plan = factory.SelfAttribute("theme.plan")
    reference = factory.Sequence(lambda n: f"R{n}")
    position = factory.Sequence(lambda n: n)
    title = factory.LazyAttribute(lambda made: f"Title of {made.reference}")
    text = factory.LazyAttribute(lambda made: f"Text of {made.reference}.")
    timescale = Timescale.NONE
    raised_on = date(2012, 6, 27)


class ActionFactory(DjangoModelFactory):
    """`leads` is a list of posts in order, the first accountable."""

    class Meta:
        model = Action
        skip_postgeneration_save = True

    recommendation = factory.SubFactory(RecommendationFactory)
    number = factory.Sequence(lambda n: f"A{n}")
    position = factory.Sequence(lambda n: n)
    phase = Phase.NONE
    original_text = factory.LazyAttribute(lambda made: f"Text of action {made.number}.")
    due_precision = DuePrecision.DAY
    original_due_on = None
    added_on = date(2012, 9, 10)

    @factory.post_generation
    def leads(self, create: bool, posts: list[LeadOfficer] | None, **kwargs: object) -> None:
        for position, post in enumerate(posts or [], start=1):
            ActionLead.objects.create(action=self, lead_officer=post, position=position)


class ProgressUpdateFactory(DjangoModelFactory):
    class Meta:
        model = ProgressUpdate

    action = factory.SubFactory(ActionFactory)
    sequence = 1
    on = date(2012, 9, 14)
    stage = Stage.IN_PROGRESS
    rating = None
    narrative = "Under way."


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    plan = factory.SubFactory(PlanFactory)
    slug = factory.Sequence(lambda n: f"measure-{n}")
    name = factory.LazyAttribute(lambda made: f"Name of {made.slug}")
    kind = MeasureKind.NUMBER
    added_on = date(2012, 9, 10)
    position = factory.Sequence(lambda n: n)


class ReadingFactory(DjangoModelFactory):
    class Meta:
        model = Reading

    measure = factory.SubFactory(MeasureFactory)
    on = date(2012, 10, 1)
    value = 1
    source = "Counted by hand"


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = Risk

    plan = factory.SubFactory(PlanFactory)
    slug = factory.Sequence(lambda n: f"risk-{n}")
    title = factory.LazyAttribute(lambda made: f"Title of {made.slug}")
    description = factory.LazyAttribute(lambda made: f"Description of {made.slug}.")
    raised_on = date(2012, 9, 10)
    position = factory.Sequence(lambda n: n)


class CostFactory(DjangoModelFactory):
    class Meta:
        model = Cost

    plan = factory.SubFactory(PlanFactory)
    slug = factory.Sequence(lambda n: f"cost-{n}")
    what = factory.LazyAttribute(lambda made: f"What {made.slug} pays for")
    amount_text = "£1"
    stated_on = date(2012, 9, 10)
    position = factory.Sequence(lambda n: n)


class UserFactory(DjangoModelFactory):
    """An account whose password is `PASSWORD`."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user-{n}@example.org")
    name = ""

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **fields: object) -> User:
        password = fields.pop("password", PASSWORD)
        return model_class.objects.create_user(fields.pop("email"), password, **fields)


PASSWORD = "a long pass phrase"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    council = factory.SubFactory(CouncilFactory)
    role = Role.READER


class HoldingFactory(DjangoModelFactory):
    class Meta:
        model = Holding

    lead_officer = factory.SubFactory(LeadOfficerFactory)
    user = factory.SubFactory(UserFactory)
