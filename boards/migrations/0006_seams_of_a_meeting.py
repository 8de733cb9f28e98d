import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What the papers that every pack begins with are made from.
SOURCES = {"Minutes of the last meeting": "minutes", "The board's action log": "log"}
HIGHLIGHTS = "Highlight and exception report"


def take_triggers_off(apps, schema_editor):
    # A trigger that names a column keeps it from being dropped. They are set again after the migration.
    for name in ("no_update", "no_delete"):
        on = " ON boards_digestitem" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS boards_digestitem_{name}{on}")


def say_what_papers_are_made_from(apps, schema_editor):
    papers = apps.get_model("boards", "PackPaper").objects
    for title, source in SOURCES.items():
        papers.filter(title=title).update(source=source)
    for paper in papers.filter(title=HIGHLIGHTS).select_related("meeting__board"):
        plan = paper.meeting.board.plans.order_by("name", "pk").first()
        if plan:
            paper.plan, paper.source = plan, "highlights"
            paper.save(update_fields=["plan", "source"])


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0005_risks_over_time"),
        ("improvement", "0005_rating_keys"),
        ("recommendations", "0007_measures_in_full"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_triggers_off, migrations.RunPython.noop),
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
            ],
            options={
                "ordering": ["meeting", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_points_to_risk",
        ),
        migrations.RemoveField(
            model_name="digestitem",
            name="path",
        ),
        migrations.RemoveField(
            model_name="digestitem",
            name="words",
        ),
        migrations.AddField(
            model_name="chasersettings",
            name="round_half_way",
            field=models.BooleanField(
                default=True, verbose_name="Ask again half way to the round’s last day"
            ),
        ),
        migrations.AddField(
            model_name="chasersettings",
            name="round_last_day",
            field=models.BooleanField(default=True, verbose_name="Ask again on the last day for answers"),
        ),
        migrations.AddField(
            model_name="chasersettings",
            name="round_opened",
            field=models.BooleanField(default=True, verbose_name="Ask when an update round is opened"),
        ),
        migrations.AddField(
            model_name="decision",
            name="risk_assessment",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="board_decision",
                to="boards.riskassessment",
            ),
        ),
        migrations.AddField(
            model_name="digestitem",
            name="round",
            field=models.ForeignKey(
                blank=True,
                help_text="The update round that asks, where it is no action of its own.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="boards.round",
            ),
        ),
        migrations.AddField(
            model_name="packpaper",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pack_papers",
                to="improvement.plan",
            ),
        ),
        migrations.AddField(
            model_name="packpaper",
            name="source",
            field=models.CharField(
                blank=True,
                help_text="Which paper it is, such as “highlights” or “minutes”; empty for one that somebody brings.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty where the board, or its meeting, is not kept here.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="boards.meeting",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="decided",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("decided__in", ("risk-set",)), _negated=True),
                        ("risk_assessment__isnull", True),
                    ),
                    models.Q(models.Q(("decided__in", ("risk-set",))), ("risk_assessment__isnull", False)),
                    _connector="OR",
                ),
                name="decision_points_to_risk_assessment",
            ),
        ),
        migrations.AddField(
            model_name="meetingmove",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings_moved",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meetingmove",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="boards.meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_on", models.F("to_on")), _negated=True),
                name="meeting_moved_to_another_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="meeting_moved_for_a_reason"
            ),
        ),
        migrations.RunPython(say_what_papers_are_made_from, migrations.RunPython.noop),
    ]
