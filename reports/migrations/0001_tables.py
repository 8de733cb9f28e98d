import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import reports.models.report_file


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0001_first_release"),
        ("reports", "0002_meeting_note"),
        ("reports", "0003_layouts_and_papers"),
        ("reports", "0004_reports_take_a_layout"),
        ("reports", "0005_every_report_has_a_layout"),
        ("reports", "0006_public_pages"),
        ("reports", "0007_plans_taken_out_as_excel"),
    ]

    initial = True

    dependencies = [
        ("improvement", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Layout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "about",
                    models.CharField(
                        blank=True, help_text="What it is for, and where it comes from.", max_length=300
                    ),
                ),
                (
                    "head_heading",
                    models.CharField(
                        blank=True,
                        help_text="What stands above the title, for example “Report for”.",
                        max_length=120,
                    ),
                ),
                (
                    "numbering",
                    models.CharField(
                        choices=[
                            ("none", "No numbers"),
                            ("parts", "Section 1, Section 2 on the main headings"),
                            ("headings", "1, 2 on the main headings and 1.1, 1.2 on paragraphs"),
                            ("paragraphs", "1.1, 1.2 on paragraphs only"),
                            ("run", "1, 2, 3 on paragraphs, in one run through the paper"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "first_number",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The number of the first main heading that is counted."
                    ),
                ),
                (
                    "appendices",
                    models.CharField(
                        choices=[
                            ("letters", "Appendix A, Appendix B"),
                            ("numbers", "Appendix 1, Appendix 2"),
                        ],
                        default="letters",
                        max_length=8,
                    ),
                ),
                (
                    "capital_labels",
                    models.BooleanField(
                        default=False, help_text="Labels at the head of the paper are shown in capitals."
                    ),
                ),
                (
                    "capital_headings",
                    models.BooleanField(
                        default=False, help_text="The title and the main headings are shown in capitals."
                    ),
                ),
                (
                    "has_cover",
                    models.BooleanField(
                        default=False, help_text="A page of its own for title, committee and day."
                    ),
                ),
                (
                    "prints_clearance",
                    models.BooleanField(
                        default=True,
                        help_text="Whether the block of clearances is printed. It is recorded all the same.",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="layouts",
                        to="improvement.council",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "slug"), name="layout_slug_once_in_council"),
                    models.UniqueConstraint(
                        condition=models.Q(("council", None)),
                        fields=("slug",),
                        name="layout_slug_once_in_waymark",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("numbering__in", ["none", "parts", "headings", "paragraphs", "run"])
                        ),
                        name="layout_numbering_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("appendices__in", ["letters", "numbers"])),
                        name="layout_appendices_are_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LayoutRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "required",
                    models.BooleanField(
                        default=True, help_text="Whether a paper can be published without it."
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "place",
                    models.CharField(
                        choices=[("head", "At the head of the paper"), ("headline", "In the headline table")],
                        default="head",
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(max_length=120)),
                (
                    "filled_from",
                    models.CharField(
                        choices=[
                            ("typed", "What the author types"),
                            ("committee", "The committee"),
                            ("meeting-day", "The day of the meeting"),
                            ("title", "The paper's title"),
                            ("exempt", "Whether it is exempt: yes or no"),
                            ("classification", "Its classification: open or exempt"),
                            ("enclosures", "The enclosures"),
                        ],
                        default="typed",
                        max_length=16,
                    ),
                ),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="reports.layout"
                    ),
                ),
            ],
            options={
                "ordering": ["layout", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("layout", "position"), name="layout_row_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["head", "headline"])),
                        name="layout_row_place_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "filled_from__in",
                                [
                                    "typed",
                                    "committee",
                                    "meeting-day",
                                    "title",
                                    "exempt",
                                    "classification",
                                    "enclosures",
                                ],
                            )
                        ),
                        name="layout_row_source_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LayoutSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "required",
                    models.BooleanField(
                        default=True, help_text="Whether a paper can be published without it."
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("heading", models.CharField(max_length=160)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="1 for a main heading, 2 or 3 for one under it."
                    ),
                ),
                (
                    "filled_from",
                    models.CharField(
                        choices=[
                            ("typed", "Nothing: the author writes it"),
                            ("heading", "Nothing: a heading over those below it"),
                            ("recommendations", "Nothing: what the committee is asked to decide"),
                            ("headline", "The headline table"),
                            ("progress", "Progress in words and figures"),
                            ("minute", "Progress in a minute, a page of its own"),
                            ("changes", "What changed since the last report"),
                            ("overdue", "What is overdue, and why"),
                            ("questions", "Questions for the board"),
                            ("risks", "The plan's risks"),
                            ("clock", "The statutory clock"),
                            ("judgements", "The inspection's judgements"),
                            ("enclosures", "The list of enclosures"),
                            ("clearance", "Statutory officers' clearance"),
                        ],
                        default="typed",
                        max_length=20,
                    ),
                ),
                (
                    "numbered",
                    models.BooleanField(
                        default=True, help_text="Whether the layout's numbers count its heading."
                    ),
                ),
                (
                    "numbers_paragraphs",
                    models.BooleanField(
                        default=False,
                        help_text="Whether its paragraphs are counted, where the layout counts paragraphs.",
                    ),
                ),
                (
                    "guidance",
                    models.CharField(
                        blank=True, help_text="What belongs here, for its author.", max_length=400
                    ),
                ),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="reports.layout",
                    ),
                ),
            ],
            options={
                "ordering": ["layout", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("layout", "position"), name="layout_section_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", (1, 2, 3))), name="layout_section_level_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "filled_from__in",
                                [
                                    "typed",
                                    "heading",
                                    "recommendations",
                                    "headline",
                                    "progress",
                                    "minute",
                                    "changes",
                                    "overdue",
                                    "questions",
                                    "risks",
                                    "clock",
                                    "judgements",
                                    "enclosures",
                                    "clearance",
                                ],
                            )
                        ),
                        name="layout_section_source_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LayoutPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "required",
                    models.BooleanField(
                        default=True, help_text="Whether a paper can be published without it."
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("post", models.CharField(max_length=160)),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="reports.layout"
                    ),
                ),
            ],
            options={
                "ordering": ["layout", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("layout", "position"), name="layout_post_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "exempt_paragraph",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: information about an individual"),
                            ("2", "2: likely to reveal who an individual is"),
                            ("3", "3: financial or business affairs"),
                            ("4", "4: consultations or negotiations on labour relations"),
                            ("5", "5: legal professional privilege"),
                            ("6", "6: a notice, order or direction that is intended"),
                            ("7", "7: preventing, investigating or prosecuting crime"),
                        ],
                        help_text="Empty while it is open.",
                        max_length=1,
                        verbose_name="Paragraph of Schedule 12A",
                    ),
                ),
                (
                    "public_interest",
                    models.TextField(
                        blank=True,
                        help_text="Why keeping it back serves the public better than publishing it.",
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
                ("title", models.CharField(max_length=160)),
                ("committee", models.CharField(max_length=160)),
                ("meeting_on", models.DateField()),
                (
                    "meeting_note",
                    models.CharField(
                        blank=True,
                        help_text="What must be said of the day, for example that it was chosen.",
                        max_length=160,
                    ),
                ),
                ("on", models.DateField(help_text="The day as of which it reports.")),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="The day of the last report: what changed is told from there.",
                        null=True,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="improvement.council",
                    ),
                ),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reports.layout",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="improvement.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["council__name", "-meeting_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "slug"), name="report_slug_once_in_council"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exempt_paragraph", ""),
                            models.Q(
                                ("exempt_paragraph__in", ["1", "2", "3", "4", "5", "6", "7"]),
                                models.Q(("public_interest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_exemption_is_reasoned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        help_text="On whose behalf, for example the Chief Financial Officer.", max_length=160
                    ),
                ),
                ("required", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="clearance_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                (
                    "happened",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("given", "Cleared"),
                            ("returned", "Returned with comments"),
                            ("voided", "No longer holds: the report was changed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "comments",
                    models.TextField(
                        blank=True, help_text="Why it was returned, or what was changed after it was given."
                    ),
                ),
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
                    "asked_of",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who was asked to clear it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances_asked_of",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "clearance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reports.clearance",
                    ),
                ),
            ],
            options={
                "ordering": ["clearance", "sequence", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clearance", "sequence"), name="clearance_step_once_in_sequence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened__in", ["asked", "given", "returned", "voided"])),
                        name="clearance_step_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("happened", "returned"), _negated=True),
                            models.Q(("comments", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="clearance_step_returned_with_comments",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClearanceMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "The e-mail is on its way"),
                            ("sending", "The e-mail is being sent"),
                            ("sent", "Told by e-mail"),
                            ("left-out", "No e-mail was sent: it was no longer needed, or not allowed"),
                            ("failed", "The e-mail could not be sent; tell them yourself"),
                            ("unsure", "The e-mail may not have arrived; tell them yourself"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="reports.clearancestep",
                    ),
                ),
            ],
            options={
                "ordering": ["step", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("step", "to"), name="clearance_mail_once_to_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sending", "sent", "left-out", "failed", "unsure"])
                        ),
                        name="clearance_mail_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "exempt_paragraph",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: information about an individual"),
                            ("2", "2: likely to reveal who an individual is"),
                            ("3", "3: financial or business affairs"),
                            ("4", "4: consultations or negotiations on labour relations"),
                            ("5", "5: legal professional privilege"),
                            ("6", "6: a notice, order or direction that is intended"),
                            ("7", "7: preventing, investigating or prosecuting crime"),
                        ],
                        help_text="Empty while it is open.",
                        max_length=1,
                        verbose_name="Paragraph of Schedule 12A",
                    ),
                ),
                (
                    "public_interest",
                    models.TextField(
                        blank=True,
                        help_text="Why keeping it back serves the public better than publishing it.",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "The plan in full"),
                            ("exceptions", "Actions by exception"),
                            ("changes", "Changes since the last report"),
                            ("evidence", "Evidence tracker"),
                            ("index", "Index of changes"),
                            ("slippage", "Slippage table"),
                            ("scorecard", "Scorecard"),
                            ("risks", "Risks"),
                            ("terms", "Terms of reference, or another text"),
                            ("file", "A PDF of your own"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("body", models.TextField(blank=True, help_text="Of a text: Markdown.")),
                (
                    "file",
                    models.CharField(
                        blank=True,
                        help_text="Of an uploaded PDF: the key under which it lies.",
                        max_length=120,
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("pages", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="enclosure_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "plan",
                                    "exceptions",
                                    "changes",
                                    "evidence",
                                    "index",
                                    "slippage",
                                    "scorecard",
                                    "risks",
                                    "terms",
                                    "file",
                                ],
                            )
                        ),
                        name="enclosure_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "file"), _negated=True),
                            models.Q(
                                models.Q(("sha256", ""), _negated=True), models.Q(("file", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="enclosure_file_has_bytes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exempt_paragraph", ""),
                            models.Q(
                                ("exempt_paragraph__in", ["1", "2", "3", "4", "5", "6", "7"]),
                                models.Q(("public_interest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="enclosure_exemption_is_reasoned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "words",
                    models.BooleanField(
                        help_text="Whether the words of updates are shown, as they stood at the opening."
                    ),
                ),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        related_name="public_openings",
                        to="improvement.plan",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_openings",
                        to="improvement.planversion",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "-number", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "number"), name="public_opening_number_once_in_plan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("because", models.TextField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="reports.publicopening",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="public_closing_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paper",
                    models.SlugField(
                        default="report", help_text="Which paper, such as “exceptions”.", max_length=80
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "audience",
                    models.CharField(
                        choices=[("open", "Open"), ("exempt", "Exempt")], default="open", max_length=6
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("html", "Web page"),
                            ("pdf", "PDF"),
                            ("docx", "Word"),
                            ("json", "Data"),
                            ("xlsx", "Excel"),
                        ],
                        default="pdf",
                        max_length=4,
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(help_text="SHA-256 of everything that it is made from.", max_length=64),
                ),
                (
                    "source",
                    models.TextField(
                        blank=True,
                        help_text="The parts that it is made from, as JSON; emptied when the file is ready.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting its turn"),
                            ("making", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        blank=True, help_text="What is being done to it, in words.", max_length=60
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("file", models.FileField(blank=True, upload_to=reports.models.report_file.random_key)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("pages", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                (
                    "problem",
                    models.TextField(blank=True, help_text="Why it could not be made, in plain English."),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_files",
                        to="improvement.plan",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a paper without an author.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.report",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_files",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "-requested_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "paper", "format", "fingerprint"),
                        name="report_file_once_per_fingerprint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "making", "ready", "failed"])),
                        name="report_file_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["open", "exempt"]),
                            ("format__in", ["html", "pdf", "docx", "json", "xlsx"]),
                        ),
                        name="report_file_form_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="report_file_percent_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                models.Q(("sha256", ""), _negated=True), models.Q(("file", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="report_file_ready_has_bytes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("because", models.TextField(blank=True, help_text="What was wrong with the one before.")),
                (
                    "late_because",
                    models.TextField(
                        blank=True,
                        help_text="Why it was published with fewer than five clear working days to the meeting.",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="reports.publication",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "-number", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="publication_number_once"),
                    models.UniqueConstraint(fields=("corrects",), name="publication_corrected_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects", None), ("number", 1)),
                            models.Q(
                                models.Q(("corrects", None), _negated=True),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="publication_corrects_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publishing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("because", models.TextField(blank=True)),
                ("late_because", models.TextField(blank=True)),
                (
                    "contents",
                    models.JSONField(
                        help_text="For each audience the SHA-256 of what its document will say."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting its turn"),
                            ("making", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "step",
                    models.CharField(blank=True, help_text="What is being done, in words.", max_length=60),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "problem",
                    models.TextField(blank=True, help_text="Why nothing was published, in plain English."),
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
                    "publication",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publishing",
                        to="reports.publication",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publishings",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "-requested_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "making"))),
                        fields=("report",),
                        name="publishing_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "making", "ready", "failed"])),
                        name="publishing_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="publishing_percent_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("publication", None), _negated=True),
                            _connector="OR",
                        ),
                        name="publishing_ready_is_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(choices=[("open", "Open"), ("exempt", "Exempt")], max_length=6),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("html", "Web page"),
                            ("pdf", "PDF"),
                            ("docx", "Word"),
                            ("json", "Data"),
                            ("xlsx", "Excel"),
                        ],
                        max_length=4,
                    ),
                ),
                ("file", models.CharField(help_text="The key under which its bytes lie.", max_length=120)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                ("pages", models.PositiveIntegerField(default=0, help_text="Of a PDF.")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                (
                    "content",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of what the document says, the same in each of its forms.",
                        max_length=64,
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["publication", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "audience", "format"), name="published_file_once_in_each_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["open", "exempt"]),
                            ("format__in", ["html", "pdf", "docx", "json", "xlsx"]),
                        ),
                        name="published_file_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("because", models.TextField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="reports.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="withdrawal_has_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("head", "At the head of the paper"), ("headline", "In the headline table")],
                        default="head",
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(max_length=120)),
                (
                    "filled_from",
                    models.CharField(
                        choices=[
                            ("typed", "What the author types"),
                            ("committee", "The committee"),
                            ("meeting-day", "The day of the meeting"),
                            ("title", "The paper's title"),
                            ("exempt", "Whether it is exempt: yes or no"),
                            ("classification", "Its classification: open or exempt"),
                            ("enclosures", "The enclosures"),
                        ],
                        default="typed",
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="One line for each line of the row.")),
                ("required", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="reports.report"
                    ),
                ),
            ],
            options={
                "ordering": ["report", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="report_row_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["head", "headline"])),
                        name="report_row_place_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "filled_from__in",
                                [
                                    "typed",
                                    "committee",
                                    "meeting-day",
                                    "title",
                                    "exempt",
                                    "classification",
                                    "enclosures",
                                ],
                            )
                        ),
                        name="report_row_source_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "exempt_paragraph",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: information about an individual"),
                            ("2", "2: likely to reveal who an individual is"),
                            ("3", "3: financial or business affairs"),
                            ("4", "4: consultations or negotiations on labour relations"),
                            ("5", "5: legal professional privilege"),
                            ("6", "6: a notice, order or direction that is intended"),
                            ("7", "7: preventing, investigating or prosecuting crime"),
                        ],
                        help_text="Empty while it is open.",
                        max_length=1,
                        verbose_name="Paragraph of Schedule 12A",
                    ),
                ),
                (
                    "public_interest",
                    models.TextField(
                        blank=True,
                        help_text="Why keeping it back serves the public better than publishing it.",
                    ),
                ),
                ("heading", models.CharField(max_length=160)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="1 for a main heading, 2 or 3 for one under it."
                    ),
                ),
                (
                    "filled_from",
                    models.CharField(
                        choices=[
                            ("typed", "Nothing: the author writes it"),
                            ("heading", "Nothing: a heading over those below it"),
                            ("recommendations", "Nothing: what the committee is asked to decide"),
                            ("headline", "The headline table"),
                            ("progress", "Progress in words and figures"),
                            ("minute", "Progress in a minute, a page of its own"),
                            ("changes", "What changed since the last report"),
                            ("overdue", "What is overdue, and why"),
                            ("questions", "Questions for the board"),
                            ("risks", "The plan's risks"),
                            ("clock", "The statutory clock"),
                            ("judgements", "The inspection's judgements"),
                            ("enclosures", "The list of enclosures"),
                            ("clearance", "Statutory officers' clearance"),
                        ],
                        default="typed",
                        max_length=20,
                    ),
                ),
                (
                    "numbered",
                    models.BooleanField(
                        default=True, help_text="Whether the layout's numbers count its heading."
                    ),
                ),
                (
                    "numbers_paragraphs",
                    models.BooleanField(
                        default=False,
                        help_text="Whether its paragraphs are counted, where the layout counts paragraphs.",
                    ),
                ),
                ("required", models.BooleanField(default=True)),
                (
                    "added",
                    models.BooleanField(
                        default=False, help_text="By its authors, beside those that the layout asks for."
                    ),
                ),
                ("guidance", models.CharField(blank=True, max_length=400)),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown: paragraphs, lists, bold, italics, quotations and live figures.",
                    ),
                ),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("not-ready", "Not ready"),
                            ("ready", "Ready"),
                            ("not-applicable", "Not applicable"),
                        ],
                        default="not-ready",
                        max_length=16,
                    ),
                ),
                ("because", models.CharField(blank=True, help_text="Why it does not apply.", max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="Of its words: one more with each change of them."
                    ),
                ),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "position"), name="report_section_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", (1, 2, 3))), name="report_section_level_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "filled_from__in",
                                [
                                    "typed",
                                    "heading",
                                    "recommendations",
                                    "headline",
                                    "progress",
                                    "minute",
                                    "changes",
                                    "overdue",
                                    "questions",
                                    "risks",
                                    "clock",
                                    "judgements",
                                    "enclosures",
                                    "clearance",
                                ],
                            )
                        ),
                        name="report_section_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("readiness__in", ["not-ready", "ready", "not-applicable"])),
                        name="report_section_readiness_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("readiness", "not-applicable"), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_section_left_out_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exempt_paragraph", ""),
                            models.Q(
                                ("exempt_paragraph__in", ["1", "2", "3", "4", "5", "6", "7"]),
                                models.Q(("public_interest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_section_exemption_is_reasoned",
                    ),
                ],
            },
        ),
    ]
