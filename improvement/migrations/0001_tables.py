import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("improvement", "0001_first_release"),
        ("improvement", "0002_plan_versions"),
        ("improvement", "0003_duties_of_inspections"),
        ("improvement", "0004_days_that_papers_lack"),
        ("improvement", "0005_rating_keys"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Council",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "colour",
                    models.CharField(
                        default="#1d4f76",
                        help_text="The accent of its pages, dark enough to carry white.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-f]{6}$",
                                "Write a colour as # and six of 0-9 a-f, for example #1d4f76.",
                            )
                        ],
                    ),
                ),
                (
                    "stands_at",
                    models.DateField(
                        blank=True,
                        help_text="A fixed day for a demonstration made from papers; empty for a council that lives.",
                        null=True,
                    ),
                ),
                (
                    "stands_because",
                    models.CharField(
                        blank=True,
                        help_text="Why it stands at that day, to follow it after a comma: the day of the meeting.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False, help_text="Looks after this installation; sees the component gallery."
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("verb", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField()),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("reason", models.TextField(blank=True)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="improvement.council",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [
                    models.Index(fields=["subject", "subject_id", "position"], name="change_by_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveBigIntegerField(default=0)),
                (
                    "digest",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="ledger_has_one_head")
                ],
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inspection", "Inspection"),
                            ("progress-review", "Progress review"),
                            ("visit", "Focused or monitoring visit"),
                            ("joint-inspection", "Joint inspection"),
                            ("assessment", "Local authority assessment"),
                        ],
                        default="inspection",
                        max_length=20,
                    ),
                ),
                (
                    "inspectorates",
                    models.CharField(
                        default="Ofsted",
                        help_text="Separated by commas; the one that leads comes first.",
                        max_length=200,
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What is not certain, or what a reader must know."
                    ),
                ),
            ],
            options={
                "ordering": ["from_on", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="framework_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["inspection", "progress-review", "visit", "joint-inspection", "assessment"],
                            )
                        ),
                        name="framework_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("group", models.CharField(blank=True, max_length=120)),
                ("name", models.CharField(max_length=160)),
                ("position", models.PositiveSmallIntegerField()),
                ("scale", models.SlugField(blank=True, default="grades")),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="improvement.area",
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="improvement.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "slug"), name="area_slug_once_in_framework"),
                    models.CheckConstraint(
                        condition=models.Q(("part_of", models.F("pk")), _negated=True),
                        name="area_is_no_part_of_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scale", models.SlugField(default="grades")),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=240)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grades",
                        to="improvement.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "scale", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("framework", "slug"), name="grade_slug_once_in_framework"
                    ),
                    models.UniqueConstraint(
                        fields=("framework", "scale", "position"), name="grade_position_once_in_scale"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(help_text="What must be done, in plain words.", max_length=200)),
                ("who", models.CharField(default="The council", max_length=120)),
                ("amount", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working-days", "working days"),
                            ("calendar-days", "calendar days"),
                            ("weeks", "weeks"),
                            ("months", "months"),
                        ],
                        default="working-days",
                        max_length=20,
                    ),
                ),
                (
                    "counted_from",
                    models.CharField(
                        choices=[
                            ("received", "receiving the report"),
                            ("published", "publication of the report"),
                            ("ended", "the end of the inspection"),
                            ("intervention", "the start of the intervention"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True, help_text="When it applies; empty for always.", max_length=200
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="The regulation or guidance that says so.", max_length=240
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="improvement.framework",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "duties",
                "ordering": ["framework", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "slug"), name="duty_slug_once_in_framework"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__in", ["working-days", "calendar-days", "weeks", "months"])
                        ),
                        name="duty_unit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted_from__in", ["received", "published", "ended", "intervention"])
                        ),
                        name="duty_start_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("counted_from", "intervention")),
                            models.Q(
                                ("amount__gte", 1),
                                ("amount__isnull", False),
                                models.Q(("counted_from", "intervention"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duty_without_amount_follows_an_intervention",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=160)),
                ("inspectorates", models.CharField(max_length=120)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField()),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "received_on",
                    models.DateField(
                        blank=True,
                        help_text="The day the council received the report: the statutory clock starts here.",
                        null=True,
                    ),
                ),
                (
                    "received_note",
                    models.CharField(
                        blank=True, help_text="How the day is known, or that it was assumed.", max_length=240
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="improvement.council",
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="improvement.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "slug"), name="inspection_slug_once_in_council"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__gte", models.F("started_on"))),
                        name="inspection_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gte", models.F("started_on"))),
                        name="inspection_received_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("published_on__gte", models.F("started_on"))),
                        name="inspection_published_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="improvement.area",
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="improvement.grade",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="improvement.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["inspection", "area__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "area"), name="judgement_once_per_area")
                ],
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("improvement-notice", "Improvement notice"),
                            ("direction", "Direction of the Secretary of State"),
                            ("other", "Other intervention"),
                        ],
                        max_length=20,
                    ),
                ),
                ("by_whom", models.CharField(max_length=120)),
                ("issued_on", models.DateField(blank=True, null=True)),
                (
                    "issued_text",
                    models.CharField(
                        blank=True,
                        help_text="When it was issued, where no paper gives the day.",
                        max_length=120,
                    ),
                ),
                (
                    "expected",
                    models.CharField(
                        blank=True, help_text="What is known before it is issued.", max_length=240
                    ),
                ),
                (
                    "expected_months",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="How long it is expected to last.", null=True
                    ),
                ),
                (
                    "report_every",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="How often progress is reported to the department.", null=True
                    ),
                ),
                (
                    "report_unit",
                    models.CharField(
                        choices=[
                            ("working-days", "working days"),
                            ("calendar-days", "calendar days"),
                            ("weeks", "weeks"),
                            ("months", "months"),
                        ],
                        default="months",
                        max_length=20,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="improvement.council",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="improvement.inspection",
                    ),
                ),
            ],
            options={
                "ordering": [models.OrderBy(models.F("issued_on"), descending=True, nulls_first=True), "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "slug"), name="intervention_slug_once_in_council"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["improvement-notice", "direction", "other"])),
                        name="intervention_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on__isnull", False),
                            models.Q(("issued_text", ""), _negated=True),
                            models.Q(("expected", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="intervention_is_issued_or_expected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__gte", models.F("issued_on"))),
                        name="intervention_ends_after_it_is_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_unit__in", ["weeks", "months"])),
                        name="intervention_reports_in_weeks_or_months",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_every__gte", 1)),
                        name="intervention_reports_at_an_interval",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyMet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("sequence", models.PositiveIntegerField()),
                ("on", models.DateField(help_text="The day on which it was recorded.")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="The paper it was taken from, when nobody typed it.",
                        max_length=160,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("met_on", models.DateField(blank=True, null=True)),
                ("what", models.TextField(help_text="What was done, or why the earlier record was wrong.")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_records",
                        to="improvement.duty",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_records",
                        to="improvement.inspection",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_records",
                        to="improvement.intervention",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "duties met",
                "ordering": ["inspection", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "sequence"), name="duty_met_sequence_once_per_inspection"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_on__lte", models.F("on"))),
                        name="duty_met_by_the_day_it_is_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="duty_met_says_what_was_done"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occurrence", models.PositiveSmallIntegerField(default=1)),
                ("sequence", models.PositiveIntegerField()),
                ("on", models.DateField(help_text="The day on which it was recorded.")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="The paper it was taken from, when nobody typed it.",
                        max_length=160,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_records",
                        to="improvement.duty",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_records",
                        to="improvement.inspection",
                    ),
                ),
                (
                    "intervention",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_records",
                        to="improvement.intervention",
                    ),
                ),
            ],
            options={
                "ordering": ["inspection", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "sequence"), name="duty_override_sequence_once_per_inspection"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="duty_override_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=120)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="improvement.council",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "slug"), name="organisation_slug_once_in_council"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("abbreviation", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                (
                    "in_key",
                    models.BooleanField(
                        default=True, help_text="Whether the plan's own key explains the abbreviation."
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lead_officers",
                        to="improvement.council",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lead_officers",
                        to="improvement.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["abbreviation", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "abbreviation"), name="lead_officer_abbreviation_once_in_council"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True)),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="improvement.leadofficer",
                    ),
                ),
            ],
            options={
                "ordering": ["lead_officer", "from_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lead_officer", "user"), name="holding_once_per_post_and_user"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="holding_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120)),
                ("note", models.TextField(blank=True)),
                (
                    "is_default",
                    models.BooleanField(
                        default=False, help_text="The key of a new plan; one of the shipped ones."
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rating_scales",
                        to="improvement.council",
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="rating_scale_default_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_default", False), ("council", None), _connector="OR"),
                        name="rating_scale_default_is_shipped",
                    ),
                    models.UniqueConstraint(
                        fields=("council", "name"), name="rating_scale_name_once_in_council"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("letter", models.CharField(max_length=2)),
                ("word", models.CharField(max_length=30)),
                (
                    "colour",
                    models.CharField(
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-f]{6}$",
                                "Write a colour as # and six of 0-9 a-f, for example #1d4f76.",
                            )
                        ],
                    ),
                ),
                ("meaning", models.CharField(max_length=300)),
                (
                    "counts_as",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("on-track", "On track"),
                            ("at-risk", "At risk"),
                            ("off-track", "Off track"),
                            ("not-yet", "Not due or not started"),
                        ],
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="improvement.ratingscale",
                    ),
                ),
            ],
            options={
                "ordering": ["scale", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("scale", "slug"), name="rating_slug_once_in_scale"),
                    models.UniqueConstraint(fields=("scale", "letter"), name="rating_letter_once_in_scale"),
                    models.UniqueConstraint(
                        fields=("scale", "position"), name="rating_position_once_in_scale"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counts_as__in", ["done", "on-track", "at-risk", "off-track", "not-yet"])
                        ),
                        name="rating_counts_as_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=160)),
                (
                    "closed_on",
                    models.DateField(
                        blank=True, help_text="From this day on nothing in it can be changed.", null=True
                    ),
                ),
                (
                    "notes",
                    models.TextField(
                        blank=True, help_text="What a reader must know about the source, one note a line."
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="improvement.council",
                    ),
                ),
                (
                    "inspections",
                    models.ManyToManyField(blank=True, related_name="plans", to="improvement.inspection"),
                ),
                (
                    "rating_scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="improvement.ratingscale",
                    ),
                ),
            ],
            options={
                "ordering": ["council__name", "slug", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "slug"), name="plan_slug_once_in_council")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "label",
                    models.CharField(help_text="As the plan prints it, for example 2.01.", max_length=20),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("agreed_on", models.DateField()),
                ("content", models.JSONField()),
                ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                ("note", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "label"), name="version_label_once_in_plan"),
                    models.UniqueConstraint(
                        fields=("plan", "position"), name="version_position_once_in_plan"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=120)),
                ("on", models.DateField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
                        to="improvement.planversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "body"), name="version_signed_off_once_by_a_body"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "slug"), name="theme_slug_once_in_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("lead_officer", "Lead officer"),
                            ("board_member", "Board member"),
                            ("scrutiny_officer", "Scrutiny officer"),
                            ("plan_administrator", "Plan administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="improvement.council",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="improvement.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["council__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "council"), name="membership_once_per_council"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "reader",
                                    "lead_officer",
                                    "board_member",
                                    "scrutiny_officer",
                                    "plan_administrator",
                                ],
                            )
                        ),
                        name="membership_role_is_known",
                    ),
                ],
            },
        ),
    ]
