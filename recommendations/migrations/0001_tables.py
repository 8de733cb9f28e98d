import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("recommendations", "0001_first_release"),
        ("recommendations", "0002_evidence_reviews_and_moves"),
        ("recommendations", "0003_inspectorate_of_recommendation"),
        ("recommendations", "0004_measures"),
        ("recommendations", "0005_index_of_changes"),
        ("recommendations", "0006_challenge"),
        ("recommendations", "0007_measures_in_full"),
        ("recommendations", "0008_plans_from_files"),
    ]

    initial = True

    dependencies = [
        ("improvement", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField()),
                ("outcome", models.TextField(blank=True)),
                (
                    "timescale",
                    models.CharField(
                        choices=[
                            ("immediate", "Immediate"),
                            ("three-months", "Within 3 months"),
                            ("six-months", "Within 6 months"),
                            ("twelve-months", "Within 12 months"),
                            ("none", "No timescale"),
                        ],
                        max_length=20,
                    ),
                ),
                ("raised_on", models.DateField(help_text="The day on which it was published.")),
                (
                    "raised_by",
                    models.CharField(
                        default="Ofsted",
                        help_text="The inspectorate, or “The council” for a priority of its own.",
                        max_length=80,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="improvement.inspection",
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(
                        blank=True, related_name="recommendations", to="improvement.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="improvement.plan",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="improvement.theme",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "theme__position", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "reference"), name="recommendation_reference_once_in_plan"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "timescale__in",
                                ["immediate", "three-months", "six-months", "twelve-months", "none"],
                            )
                        ),
                        name="timescale_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "phase",
                    models.CharField(
                        choices=[("must-do", "Must do"), ("embedding", "Embedding"), ("none", "No phase")],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "original_text",
                    models.TextField(
                        help_text="The words it began with; never changed. Its words on a day are asked by `as_of`."
                    ),
                ),
                (
                    "original_due_on",
                    models.DateField(
                        blank=True,
                        help_text="The first due date; never changed. The date on a day is asked by `as_of`.",
                        null=True,
                    ),
                ),
                (
                    "due_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("ongoing", "Ongoing"),
                            ("to-be-confirmed", "To be confirmed"),
                        ],
                        default="day",
                        max_length=16,
                    ),
                ),
                (
                    "due_text",
                    models.CharField(
                        blank=True, help_text="The first due date as the plan prints it.", max_length=60
                    ),
                ),
                ("added_on", models.DateField(help_text="The day on which the plan took it in.")),
                ("note", models.TextField(blank=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["recommendation", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "number"), name="action_number_once_in_recommendation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["must-do", "embedding", "none"])),
                        name="action_phase_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_precision__in", ["day", "month", "quarter", "ongoing", "to-be-confirmed"])
                        ),
                        name="action_due_precision_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DueDateChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old_on",
                    models.DateField(blank=True, help_text="Empty where the action had no date.", null=True),
                ),
                ("new_on", models.DateField()),
                ("reason", models.TextField()),
                ("requested_on", models.DateField()),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a decision"),
                            ("agreed", "Agreed"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decision_reason", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_date_changes",
                        to="recommendations.action",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_dates_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_dates_requested",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["action", "-requested_on", "-pk"],
                "indexes": [
                    models.Index(fields=["action", "-decided_on", "-id"], name="due_date_latest_first")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "waiting")),
                        fields=("action",),
                        name="due_date_one_request_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("decided_on", None), ("decision", "waiting")),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                ("decision__in", ["agreed", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="due_date_decided_by_somebody_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="due_date_never_decided_by_who_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("old_on", None),
                            models.Q(("new_on", models.F("old_on")), _negated=True),
                            _connector="OR",
                        ),
                        name="due_date_change_changes_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("on", models.DateField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("not-started", "Not started"),
                            ("in-progress", "In progress"),
                            ("on-hold", "On hold"),
                            ("awaiting-sign-off", "Awaiting sign-off"),
                            ("complete", "Complete"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("narrative", models.TextField()),
                ("forecast_on", models.DateField(blank=True, null=True)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="The paper it was taken from, when nobody typed it.",
                        max_length=160,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="recommendations.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="improvement.rating",
                    ),
                ),
            ],
            options={
                "ordering": ["action", "-on", "-sequence"],
                "indexes": [models.Index(fields=["action", "-on", "-sequence"], name="update_latest_first")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "sequence"), name="update_sequence_once_per_action"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "not-started",
                                    "in-progress",
                                    "on-hold",
                                    "awaiting-sign-off",
                                    "complete",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="update_stage_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rewording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("text", models.TextField()),
                ("reason", models.TextField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewordings",
                        to="recommendations.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewordings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["action", "-on", "-sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "sequence"), name="rewording_sequence_once_per_action"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionLead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="recommendations.action",
                    ),
                ),
                (
                    "lead_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_leads",
                        to="improvement.leadofficer",
                    ),
                ),
            ],
            options={
                "ordering": ["action", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("action", "position"), name="action_lead_position_once"),
                    models.UniqueConstraint(fields=("action", "lead_officer"), name="action_lead_post_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("on", models.DateField()),
                (
                    "silence_days",
                    models.PositiveSmallIntegerField(
                        default=42,
                        help_text="Ask after so many days without a word. Six weeks are 42.",
                        validators=[
                            django.core.validators.MinValueValidator(7),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="Days without an update",
                    ),
                ),
                (
                    "times_moved",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Ask when a due date has moved this often or more.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="Times a due date may move",
                    ),
                ),
                (
                    "same_day_actions",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="Ask only from this many actions that fall due on one day.",
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="Actions due on one day",
                    ),
                ),
                (
                    "same_day_percent",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="Ask when more than this per cent fall on one day.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Share of the plan due on one day",
                    ),
                ),
                (
                    "open_per_post",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Ask when a post answers for more open actions than this.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="Open actions of one post",
                    ),
                ),
                (
                    "overdue_per_post",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Ask when more than this many of them are overdue.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="Overdue actions of one post",
                    ),
                ),
                (
                    "immediate_days",
                    models.PositiveSmallIntegerField(
                        default=28,
                        help_text="What inspectors want done immediately is due so many days after they said so. 28 days hold the 20 working days that a council has to draft its answer to a priority action.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="Days that “immediate” means",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenge_settings_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenge_settings",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "challenge settings",
                "ordering": ["plan", "-sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "sequence"), name="challenge_settings_sequence_once_in_plan"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("same_day_actions__gte", 2),
                            ("silence_days__gte", 1),
                            ("times_moved__gte", 1),
                            ("open_per_post__gte", 1),
                            ("same_day_percent__gte", 1),
                            ("same_day_percent__lte", 100),
                        ),
                        name="challenge_settings_make_sense",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                (
                    "subject",
                    models.CharField(help_text="What was asked about, for example S5 (3).", max_length=200),
                ),
                (
                    "fingerprint",
                    models.CharField(help_text="SHA-256 of the rule and of what set it off.", max_length=64),
                ),
                ("sentence", models.TextField(help_text="The question as it was asked.")),
                (
                    "dismissed",
                    models.BooleanField(help_text="False where an earlier dismissal is taken back."),
                ),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dismissals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dismissals",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "-on", "-pk"],
                "indexes": [
                    models.Index(fields=["plan", "fingerprint", "-on", "-id"], name="dismissal_latest_first")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="dismissal_has_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("shows", models.TextField(help_text="What it shows, in a sentence or two.")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("audit", "Audit"),
                            ("observation", "Observation of practice"),
                            ("survey", "Survey"),
                            ("performance-data", "Performance data"),
                            ("consultation", "Consultation"),
                            ("workforce-data", "Workforce data"),
                        ],
                        max_length=20,
                    ),
                ),
                ("gathered_on", models.DateField()),
                (
                    "supports",
                    models.CharField(
                        choices=[
                            ("delivered", "Delivered"),
                            ("complied-with", "Complied with"),
                            ("impact-evidenced", "Impact evidenced"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "exempt",
                    models.BooleanField(
                        default=False, help_text="Only for those who sit in the closed part of a meeting."
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500)),
                (
                    "stored_as",
                    models.CharField(
                        blank=True, help_text="The random key under which the bytes lie.", max_length=100
                    ),
                ),
                (
                    "filename",
                    models.CharField(
                        blank=True, help_text="What it is called when downloaded.", max_length=160
                    ),
                ),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("added_on", models.DateField()),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for evidence of the recommendation as a whole.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="recommendations.action",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_added",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="improvement.plan",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_withdrawn",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["plan", "-gathered_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("link", ""), _negated=True), ("sha256", "")),
                            models.Q(("link", ""), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evidence_is_a_file_or_a_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_because", ""), ("withdrawn_by", None), ("withdrawn_on", None)
                            ),
                            models.Q(
                                ("withdrawn_by__isnull", False),
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_withdrawn_by_somebody_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "method__in",
                                [
                                    "document",
                                    "audit",
                                    "observation",
                                    "survey",
                                    "performance-data",
                                    "consultation",
                                    "workforce-data",
                                ],
                            )
                        ),
                        name="evidence_method_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supports__in", ["delivered", "complied-with", "impact-evidenced"])
                        ),
                        name="evidence_step_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("policy", "New or changed policy"),
                            ("guidance", "New or changed guidance"),
                            ("quality", "Quality improvement"),
                            ("workforce", "Change to workforce planning, learning and development"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("stands", models.BooleanField(default=True, help_text="Put in; otherwise taken out.")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="index_entries",
                        to="recommendations.action",
                    ),
                ),
            ],
            options={
                "ordering": ["action", "kind", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "kind", "sequence"),
                        name="index_entry_sequence_once_under_a_heading",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["policy", "guidance", "quality", "workforce"])),
                        name="index_entry_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan_slug", models.SlugField()),
                ("plan_name", models.CharField(max_length=160)),
                ("name", models.CharField(help_text="The file's name.", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="Word, Excel or CSV; empty until it is read.", max_length=8
                    ),
                ),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("file", models.CharField(help_text="Where its bytes lie.", max_length=200)),
                ("begun_on", models.DateField()),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read"),
                            ("understood", "To look through"),
                            ("loading", "Being loaded"),
                            ("loaded", "Loaded"),
                            ("failed", "Not read"),
                            ("left", "Left"),
                        ],
                        default="reading",
                        max_length=12,
                    ),
                ),
                ("problem", models.TextField(blank=True, help_text="Why it could not be read or loaded.")),
                ("source", models.JSONField(blank=True, help_text="The file as rows of cells.", null=True)),
                (
                    "mapping",
                    models.JSONField(blank=True, help_text="What its columns are taken for.", null=True),
                ),
                (
                    "mended",
                    models.JSONField(
                        blank=True, default=dict, help_text="What somebody typed in place of a value."
                    ),
                ),
                (
                    "understood",
                    models.JSONField(blank=True, help_text="The plan as understood and mended.", null=True),
                ),
                (
                    "saying",
                    models.CharField(blank=True, help_text="What is being done with it.", max_length=160),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("loaded_on", models.DateField(blank=True, null=True)),
                ("loaded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="improvement.council",
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes_loaded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty until there is one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["council", "-begun_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reading", "understood", "loading", "loaded", "failed", "left"])
                        ),
                        name="intake_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("reading", "understood", "loading"))),
                        fields=("council", "plan_slug", "sha256"),
                        name="intake_one_waits_of_a_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("loaded_on__isnull", False), ("plan__isnull", False), ("state", "loaded")
                            ),
                            models.Q(models.Q(("state", "loaded"), _negated=True), ("loaded_on", None)),
                            _connector="OR",
                        ),
                        name="intake_loaded_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        help_text="The heading in small letters, without its points.", max_length=200
                    ),
                ),
                ("meaning", models.CharField(max_length=20)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remembered_columns",
                        to="improvement.council",
                    ),
                ),
            ],
            options={
                "ordering": ["council", "heading"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "heading"), name="remembered_column_once_per_council"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                (
                    "name",
                    models.CharField(help_text="For a statement: the statement itself.", max_length=200),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("number", "Number"),
                            ("percentage", "Percentage"),
                            ("statement", "Statement in children's words"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="What is counted, for example: plans.", max_length=60
                    ),
                ),
                (
                    "better",
                    models.CharField(
                        choices=[
                            ("higher", "Higher is better"),
                            ("lower", "Lower is better"),
                            ("neither", "Neither way is better in itself"),
                        ],
                        default="neither",
                        max_length=8,
                    ),
                ),
                ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                (
                    "tolerance",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="How far from its target it may be and still be near enough.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "asked",
                    models.TextField(
                        blank=True, help_text="How it is asked or counted, or the paper it is taken from."
                    ),
                ),
                ("added_on", models.DateField(help_text="The day on which the plan took it in.")),
                ("note", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="improvement.plan",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The one whose outcome it may prove.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "slug"), name="measure_slug_once_in_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["number", "percentage", "statement"])),
                        name="measure_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("better__in", ["higher", "lower", "neither"])),
                        name="measure_better_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tolerance", None),
                            models.Q(("target__isnull", False), ("tolerance__gte", 0)),
                            _connector="OR",
                        ),
                        name="measure_tolerance_is_about_a_target",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("council", "This council"),
                            ("neighbours", "Statistical neighbours"),
                            ("england", "England"),
                        ],
                        default="council",
                        max_length=12,
                    ),
                ),
                ("on", models.DateField(help_text="For a month: its first day.")),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=1, help_text="1 for the first, 2 for its first correction."
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month")], default="day", max_length=5
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Empty where only words were given.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True, help_text="Why it corrects the one before.")),
                (
                    "recorded_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which it was typed; empty where a paper gives it.",
                        null=True,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="recommendations.measure",
                    ),
                ),
            ],
            options={
                "ordering": ["measure", "on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "whose", "on", "sequence"),
                        name="reading_sequence_once_per_measure_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ["day", "month"])),
                        name="reading_precision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whose__in", ["council", "neighbours", "england"])),
                        name="reading_whose_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sequence", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="reading_correction_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("delivered", "Delivered"),
                            ("complied-with", "Complied with"),
                            ("impact-evidenced", "Impact evidenced"),
                        ],
                        max_length=20,
                    ),
                ),
                ("holds", models.BooleanField()),
                ("finding", models.TextField()),
                (
                    "reviewer",
                    models.CharField(
                        help_text="The post or body that reviewed, never a name.", max_length=160
                    ),
                ),
                ("on", models.DateField()),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a review of the recommendation as a whole.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="recommendations.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ManyToManyField(blank=True, related_name="reviews", to="recommendations.evidence"),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["recommendation", "-on", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["recommendation", "action", "step", "-on"], name="review_latest_of_step"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["delivered", "complied-with", "impact-evidenced"])),
                        name="review_step_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding", ""), _negated=True), name="review_has_a_finding"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="lead_officers",
            field=models.ManyToManyField(
                related_name="actions", through="recommendations.ActionLead", to="improvement.leadofficer"
            ),
        ),
    ]
