import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_reports_take_a_layout"),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="layout",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="reports.layout"
            ),
        ),
        migrations.AlterField(
            model_name="reportfile",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="report_files",
                to="improvement.plan",
            ),
        ),
        migrations.AlterField(
            model_name="reportfile",
            name="title",
            field=models.CharField(max_length=200),
        ),
        migrations.RemoveField(
            model_name="clearance",
            name="cleared_on",
        ),
        migrations.RemoveField(
            model_name="report",
            name="background_papers",
        ),
        migrations.RemoveField(
            model_name="report",
            name="contact",
        ),
        migrations.RemoveField(
            model_name="report",
            name="enclosures_named",
        ),
        migrations.RemoveField(
            model_name="report",
            name="exempt",
        ),
        migrations.RemoveField(
            model_name="report",
            name="responsible_officer",
        ),
        migrations.RemoveField(
            model_name="report",
            name="scrutiny_lead_areas",
        ),
        migrations.RemoveField(
            model_name="reportsection",
            name="part",
        ),
        migrations.RemoveField(
            model_name="reportsection",
            name="part_heading",
        ),
    ]
