import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("boards", "0001_risks_and_costs"), ("boards", "0002_boards_at_work")]

    initial = True

    dependencies = [
        ("improvement", "0001_tables"),
        ("recommendations", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=160)),
                ("purpose", models.TextField(help_text="One purpose a line.")),
                ("accountable_to", models.TextField(blank=True, help_text="One body a line.")),
                ("reports_to", models.TextField(blank=True, help_text="One body a line.")),
                ("principles", models.TextField(blank=True, help_text="One principle a line.")),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("month", "Every so many months, in a week of the month"),
                            ("week", "Every so many weeks"),
                            ("unknown", "Not stated"),
                        ],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                (
                    "interval",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                        ],
                        null=True,
                    ),
                ),
                (
                    "week_of_month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (5, "Last")],
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What a reader must know about the source.")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="boards",
                        to="improvement.council",
                    ),
                ),
                ("plans", models.ManyToManyField(blank=True, related_name="boards", to="improvement.plan")),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "slug"), name="board_slug_once_in_council"),
                    models.CheckConstraint(
                        condition=models.Q(("every__in", ["month", "week", "unknown"])),
                        name="board_every_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interval__gte", 1), ("interval__lte", 12)),
                        name="board_interval_from_1_to_12",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekday", None), ("weekday__in", [0, 1, 2, 3, 4]), _connector="OR"
                        ),
                        name="board_meets_on_a_weekday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("week_of_month", None), ("week_of_month__in", [1, 2, 3, 4, 5]), _connector="OR"
                        ),
                        name="board_week_of_month_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=160)),
                (
                    "cut_off_on",
                    models.DateField(blank=True, help_text="Papers and updates are in by then.", null=True),
                ),
                ("arranged_on", models.DateField()),
                (
                    "held_on",
                    models.DateField(blank=True, help_text="The day on which it was closed.", null=True),
                ),
                ("called_off_on", models.DateField(blank=True, null=True)),
                ("called_off_because", models.CharField(blank=True, max_length=300)),
                ("note", models.TextField(blank=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="boards.board",
                    ),
                ),
            ],
            options={
                "ordering": ["board", "on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "on"), name="meeting_once_a_day_of_board"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cut_off_on", None), ("cut_off_on__lte", models.F("on")), _connector="OR"
                        ),
                        name="meeting_cut_off_comes_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_on", None), ("held_on__gte", models.F("on")), _connector="OR"
                        ),
                        name="meeting_closed_once_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_off_because", ""), ("called_off_on", None)),
                            models.Q(
                                ("called_off_on__isnull", False),
                                ("held_on", None),
                                models.Q(("called_off_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_called_off_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings_moved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="boards.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_on", models.F("to_on")), _negated=True),
                        name="meeting_moved_to_another_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="meeting_moved_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "How the plan stands"),
                            ("log", "The board's own actions"),
                            ("paper", "A paper"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("lead", models.CharField(blank=True, help_text="The post that leads it.", max_length=160)),
                ("added_on", models.DateField()),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="improvement.plan",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="boards.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="item_place_once_on_agenda"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["plan", "log", "paper", "other"])),
                        name="item_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "plan"), ("plan__isnull", False)),
                            models.Q(("kind", "plan"), _negated=True),
                            _connector="OR",
                        ),
                        name="item_about_a_plan_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="boards.agendaitem",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "sequence"), name="note_sequence_once_in_item")
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(help_text="The post, not the person.", max_length=160)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("independent-chair", "Independent chair"),
                            ("chair", "Chair"),
                            ("member", "Member"),
                            ("adviser", "Adviser"),
                            ("support", "Support"),
                        ],
                        default="member",
                        max_length=20,
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True)),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="boards.board"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="improvement.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["board", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "slug"), name="seat_slug_once_on_board"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["independent-chair", "chair", "member", "adviser", "support"])
                        ),
                        name="seat_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None),
                            ("until_on", None),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="seat_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[("present", "Present"), ("apologies", "Apologies"), ("absent", "Absent")],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="boards.meeting",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="boards.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("presence__in", ["present", "apologies", "absent"])),
                        name="presence_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.TextField()),
                ("who", models.CharField(help_text="The post that does it, not the person.", max_length=160)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("raised_on", models.DateField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="boards.board"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="boards.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["board", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "number"), name="board_action_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on", None), ("due_on__gte", models.F("raised_on")), _connector="OR"
                        ),
                        name="board_action_due_after_raised",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardActionEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("dropped", "No longer needed")], max_length=8
                    ),
                ),
                ("words", models.TextField()),
                ("on", models.DateField()),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="boards.boardaction",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_actions_ended",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["action"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["done", "dropped"])),
                        name="board_action_outcome_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_address",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "year",
                    models.CharField(
                        blank=True, help_text="As the paper has it, for example 2012/13.", max_length=40
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                (
                    "amount_text",
                    models.CharField(
                        blank=True, help_text="Exactly as printed; empty where no figure is.", max_length=60
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Whole pounds; empty where the printed figure can be read in two ways.",
                        null=True,
                    ),
                ),
                ("funded_by", models.CharField(blank=True, max_length=200)),
                ("stated_on", models.DateField(help_text="The day from which it is known.")),
                ("note", models.TextField(blank=True)),
                (
                    "dropped_on",
                    models.DateField(
                        blank=True,
                        help_text="The day from which it holds no longer, or another figure does.",
                        null=True,
                    ),
                ),
                ("dropped_because", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "slug"), name="cost_slug_once_in_plan"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount", None), models.Q(("amount_text", ""), _negated=True), _connector="OR"
                        ),
                        name="cost_in_pounds_has_its_printed_figure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_because", ""), ("dropped_on", None)),
                            models.Q(
                                ("dropped_on__isnull", False),
                                models.Q(("dropped_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cost_dropped_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="The number that the paper gives it.", max_length=20
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("description", models.TextField(help_text="What may happen, why, and with what effect.")),
                (
                    "response",
                    models.TextField(
                        blank=True, help_text="What is done about it; empty where nothing is stated."
                    ),
                ),
                (
                    "funded",
                    models.CharField(
                        choices=[
                            ("funded", "Funded"),
                            ("not-funded", "Not funded"),
                            ("unknown", "Not stated"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                (
                    "cost_text",
                    models.CharField(
                        blank=True,
                        help_text="What the response costs, as it was stated; empty where nothing is.",
                        max_length=60,
                    ),
                ),
                (
                    "cost",
                    models.BigIntegerField(
                        blank=True,
                        help_text="Whole pounds; empty where it cannot be read in one way.",
                        null=True,
                    ),
                ),
                (
                    "likelihood_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "impact_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "likelihood_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "impact_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("raised_on", models.DateField(help_text="The day from which it is known.")),
                ("note", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_because", models.TextField(blank=True)),
                (
                    "actions",
                    models.ManyToManyField(blank=True, related_name="risks", to="recommendations.action"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="The post.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="improvement.leadofficer",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "slug"), name="risk_slug_once_in_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("funded__in", ["funded", "not-funded", "unknown"])),
                        name="risk_funded_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_because", ""), ("closed_on", None)),
                            models.Q(
                                ("closed_on__isnull", False), models.Q(("closed_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="risk_closed_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost", None), models.Q(("cost_text", ""), _negated=True), _connector="OR"
                        ),
                        name="risk_cost_in_pounds_was_stated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("likelihood_before__gte", 1), ("likelihood_before__lte", 5)),
                            ("likelihood_before", None),
                            _connector="OR",
                        ),
                        name="risk_likelihood_before_runs_from_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact_before__gte", 1), ("impact_before__lte", 5)),
                            ("impact_before", None),
                            _connector="OR",
                        ),
                        name="risk_impact_before_runs_from_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("likelihood_after__gte", 1), ("likelihood_after__lte", 5)),
                            ("likelihood_after", None),
                            _connector="OR",
                        ),
                        name="risk_likelihood_after_runs_from_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact_after__gte", 1), ("impact_after__lte", 5)),
                            ("impact_after", None),
                            _connector="OR",
                        ),
                        name="risk_impact_after_runs_from_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAssessment",
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
                    "likelihood_before",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "impact_before",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "likelihood_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "impact_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("note", models.TextField(help_text="Why it is scored so.")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks_assessed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="boards.risk",
                    ),
                ),
            ],
            options={
                "ordering": ["risk", "-on", "-sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "sequence"), name="assessment_sequence_once_per_risk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("likelihood_before__gte", 1), ("likelihood_before__lte", 5)),
                            ("likelihood_before", None),
                            _connector="OR",
                        ),
                        name="assessment_likelihood_before_runs_from_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact_before__gte", 1), ("impact_before__lte", 5)),
                            ("impact_before", None),
                            _connector="OR",
                        ),
                        name="assessment_impact_before_runs_from_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("likelihood_after__gte", 1), ("likelihood_after__lte", 5)),
                            ("likelihood_after", None),
                            _connector="OR",
                        ),
                        name="assessment_likelihood_after_runs_from_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("impact_after__gte", 1), ("impact_after__lte", 5)),
                            ("impact_after", None),
                            _connector="OR",
                        ),
                        name="assessment_impact_after_runs_from_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("until", models.DateField(help_text="The day on which it was said otherwise.")),
                ("title", models.CharField(max_length=160)),
                ("description", models.TextField()),
                ("response", models.TextField(blank=True)),
                (
                    "funded",
                    models.CharField(
                        choices=[
                            ("funded", "Funded"),
                            ("not-funded", "Not funded"),
                            ("unknown", "Not stated"),
                        ],
                        max_length=12,
                    ),
                ),
                ("cost_text", models.CharField(blank=True, max_length=60)),
                ("cost", models.BigIntegerField(blank=True, null=True)),
                ("reason", models.TextField(help_text="Why it was said otherwise.")),
                (
                    "actions",
                    models.ManyToManyField(blank=True, related_name="+", to="recommendations.action"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks_reworded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="improvement.leadofficer",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to="boards.risk"
                    ),
                ),
            ],
            options={
                "ordering": ["risk", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "sequence"), name="wording_sequence_once_per_risk"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "decided",
                    models.CharField(
                        choices=[
                            ("date-agreed", "Due date moved"),
                            ("date-refused", "Due date kept"),
                            ("signed-off", "Completion signed off"),
                            ("returned", "Completion returned"),
                            ("version-agreed", "Version agreed"),
                            ("risk", "About a risk"),
                            ("risk-set", "Risk scored"),
                            ("risk-closed", "Risk closed"),
                            ("words", "In words only"),
                        ],
                        default="words",
                        max_length=16,
                    ),
                ),
                ("words", models.TextField()),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who recorded it; empty where a paper tells of it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "due_date_change",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_decision",
                        to="recommendations.duedatechange",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="boards.agendaitem",
                    ),
                ),
                (
                    "plan_version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_decision",
                        to="improvement.planversion",
                    ),
                ),
                (
                    "progress_update",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_decision",
                        to="recommendations.progressupdate",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="boards.meeting",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_decisions",
                        to="boards.risk",
                    ),
                ),
                (
                    "risk_assessment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_decision",
                        to="boards.riskassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="decision_number_once_in_meeting"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="decision_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("decided__in", ("date-agreed", "date-refused")), _negated=True),
                                ("due_date_change__isnull", True),
                            ),
                            models.Q(
                                models.Q(("decided__in", ("date-agreed", "date-refused"))),
                                ("due_date_change__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_points_to_due_date_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("decided__in", ("signed-off", "returned")), _negated=True),
                                ("progress_update__isnull", True),
                            ),
                            models.Q(
                                models.Q(("decided__in", ("signed-off", "returned"))),
                                ("progress_update__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_points_to_progress_update",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("decided__in", ("version-agreed",)), _negated=True),
                                ("plan_version__isnull", True),
                            ),
                            models.Q(
                                models.Q(("decided__in", ("version-agreed",))),
                                ("plan_version__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_points_to_plan_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("decided__in", ("risk", "risk-set", "risk-closed")), _negated=True),
                                ("risk__isnull", True),
                            ),
                            models.Q(
                                models.Q(("decided__in", ("risk", "risk-set", "risk-closed"))),
                                ("risk__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_points_to_risk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("decided__in", ("risk-set",)), _negated=True),
                                ("risk_assessment__isnull", True),
                            ),
                            models.Q(
                                models.Q(("decided__in", ("risk-set",))), ("risk_assessment__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="decision_points_to_risk_assessment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "often",
                    models.CharField(
                        choices=[
                            ("daily", "Every day on which something happened"),
                            ("weekly", "On Mondays, for the week before"),
                            ("never", "Never"),
                        ],
                        default="weekly",
                        max_length=10,
                    ),
                ),
                ("updates", models.BooleanField(default=True)),
                ("endings", models.BooleanField(default=True)),
                ("dates", models.BooleanField(default=True)),
                ("told_until", models.DateField()),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="recommendations.action",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="improvement.plan",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="recommendations.recommendation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user", "plan", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("action", None), ("recommendation", None)),
                        fields=("user", "plan"),
                        name="plan_followed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("recommendation__isnull", False)),
                        fields=("user", "recommendation"),
                        name="recommendation_followed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("action__isnull", False)),
                        fields=("user", "action"),
                        name="action_followed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recommendation", None), ("action", None), _connector="OR"),
                        name="follow_has_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("often__in", ["daily", "weekly", "never"])),
                        name="follow_often_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("seed", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_on", models.DateField()),
                ("expires_on", models.DateField(help_text="The last day on which it opens.")),
                ("revoked_on", models.DateField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owner_links",
                        to="improvement.leadofficer",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_on", None)),
                        fields=("post", "email"),
                        name="owner_link_once_while_it_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("made_on"))),
                        name="owner_link_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("digest", models.CharField(help_text="SHA-256 of the text.", max_length=64)),
                ("agreed", models.BooleanField(default=False)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_saved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="boards.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "minutes",
                "ordering": ["meeting", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "sequence"), name="minutes_sequence_once_in_meeting"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("agreed", True)),
                        fields=("meeting",),
                        name="minutes_agreed_once_in_meeting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "label",
                    models.CharField(help_text="The meeting, for example Improvement Board.", max_length=120),
                ),
                ("for_meeting_on", models.DateField()),
                (
                    "cut_off_on",
                    models.DateField(help_text="The last day on which an answer is in time for the papers."),
                ),
                ("opened_on", models.DateField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_closed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where the board, or its meeting, is not kept here.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="boards.meeting",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_opened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="round_number_once_in_plan"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)),
                        fields=("plan",),
                        name="round_one_open_in_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cut_off_on__gte", models.F("opened_on")),
                            ("cut_off_on__lte", models.F("for_meeting_on")),
                        ),
                        name="round_cut_off_between_opening_and_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_by", None), ("closed_on", None)),
                            models.Q(("closed_by__isnull", False), ("closed_on__gte", models.F("opened_on"))),
                            _connector="OR",
                        ),
                        name="round_closed_by_somebody_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="no_changes",
                        to="recommendations.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="no_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(
                        blank=True,
                        help_text="The last update, which still holds; empty where nothing was ever said.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left_standing",
                        to="recommendations.progressupdate",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="no_changes",
                        to="boards.round",
                    ),
                ),
            ],
            options={
                "ordering": ["round", "action", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "action"), name="no_change_once_in_round_and_action"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChaserSettings",
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
                    "first_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="A first word that an action falls due. 0 for none.",
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="Days before the due date, first",
                    ),
                ),
                (
                    "last_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="A second word if nobody answered. 0 for none.",
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="Days before the due date, again",
                    ),
                ),
                (
                    "again_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="The first goes out on the day on which the date has passed. 0 for that one alone.",
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="Days between chasers once the date has passed",
                    ),
                ),
                (
                    "silent_days",
                    models.PositiveSmallIntegerField(
                        default=42,
                        help_text="Ask after so many days of silence. Six weeks are 42. 0 for never.",
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="Days without a word",
                    ),
                ),
                (
                    "round_opened",
                    models.BooleanField(default=True, verbose_name="Ask when an update round is opened"),
                ),
                (
                    "round_half_way",
                    models.BooleanField(
                        default=True, verbose_name="Ask again half way to the round’s last day"
                    ),
                ),
                (
                    "round_last_day",
                    models.BooleanField(default=True, verbose_name="Ask again on the last day for answers"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chaser_settings",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "chaser settings",
                "ordering": ["plan", "-sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "sequence"), name="chaser_settings_sequence_once_in_plan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "invites",
                    models.BooleanField(default=False, help_text="Whether it brings an owner their link."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "On its way"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("left-out", "Not sent: no longer needed, or not allowed"),
                            ("failed", "Could not be sent"),
                            ("unsure", "May not have arrived"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to="boards.ownerlink",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "on"), name="digest_once_a_day_to_a_user"),
                    models.UniqueConstraint(fields=("link", "on"), name="digest_once_a_day_to_a_link"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", None), ("user__isnull", False)),
                            models.Q(("link__isnull", False), ("user", None)),
                            _connector="OR",
                        ),
                        name="digest_has_one_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sending", "sent", "left-out", "failed", "unsure"])
                        ),
                        name="digest_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("passed", "The due date has passed"),
                            ("soon", "Due soon"),
                            ("silent", "Nothing said for weeks"),
                            ("asked", "Asked of you"),
                            ("said", "Updated"),
                            ("ended", "Completed, signed off or withdrawn"),
                            ("moved", "Due date moved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recommendations.action",
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="boards.digest"
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recommendations.duedatechange",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="improvement.plan"
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recommendations.progressupdate",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        help_text="The update round that asks, where it is no action of its own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.round",
                    ),
                ),
            ],
            options={
                "ordering": ["digest", "pk"],
                "indexes": [models.Index(fields=["plan", "key"], name="digest_item_by_key")],
                "constraints": [
                    models.UniqueConstraint(fields=("digest", "key"), name="digest_says_a_thing_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occasion__in", ["passed", "soon", "silent", "asked", "said", "ended", "moved"])
                        ),
                        name="digest_occasion_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Which paper it is, such as “highlights” or “minutes”; empty for one that somebody brings.",
                        max_length=120,
                    ),
                ),
                ("added_on", models.DateField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="boards.meeting",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_papers",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="paper_place_once_in_pack"),
                    models.UniqueConstraint(fields=("meeting", "title"), name="paper_title_once_in_pack"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "readiness",
                    models.CharField(
                        choices=[("not-ready", "Not ready"), ("ready", "Ready"), ("excluded", "Excluded")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="boards.packpaper",
                    ),
                ),
            ],
            options={
                "ordering": ["paper", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("readiness__in", ["not-ready", "ready", "excluded"])),
                        name="paper_readiness_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("readiness", "excluded"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_excluded_for_a_reason",
                    ),
                ],
            },
        ),
    ]
