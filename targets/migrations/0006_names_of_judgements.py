import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0005_decided_approximate"),
    ]

    operations = [
        migrations.AlterField(
            model_name="judgement",
            name="abstained",
            field=models.JSONField(default=list, verbose_name="not taken into account"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="amount_usd",
            field=models.FloatField(
                help_text="The target's amount in US dollars, for sorting only; verdict rows.",
                null=True,
                verbose_name="amount in US dollars",
            ),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="assessed_on",
            field=models.DateField(verbose_name="judged on"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="base_amount",
            field=models.FloatField(null=True, verbose_name="amount in the base year"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="base_stated",
            field=models.BooleanField(default=False, verbose_name="base stated with the target"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="base_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="base year"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="by",
            field=models.CharField(
                blank=True,
                help_text="Code of the reporter or name of the compiler; the lead reading of a verdict.",
                max_length=80,
                verbose_name="by the figures of",
            ),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="catch_up_growth",
            field=models.FloatField(null=True, verbose_name="growth needed from now"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="catch_up_step",
            field=models.FloatField(null=True, verbose_name="yearly step needed from now"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="chance",
            field=models.FloatField(null=True, verbose_name="chance"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="converted",
            field=models.BooleanField(default=False, verbose_name="converted"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="decided_amount",
            field=models.FloatField(null=True, verbose_name="deciding amount"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="decided_approximate",
            field=models.BooleanField(default=False, verbose_name="deciding amount is approximate"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="decided_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="deciding year"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="fiscal",
            field=models.CharField(blank=True, max_length=3, verbose_name="fiscal year"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="flags",
            field=models.JSONField(default=list, verbose_name="remarks"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="growth_ratio",
            field=models.FloatField(null=True, verbose_name="observed growth to required"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="is_verdict",
            field=models.BooleanField(verbose_name="over all readings"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="latest_amount",
            field=models.FloatField(null=True, verbose_name="latest amount"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="latest_approximate",
            field=models.BooleanField(default=False, verbose_name="latest amount is approximate"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="latest_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="latest year"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="measures",
            field=models.JSONField(default=list, verbose_name="what is counted"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="observed_cagr",
            field=models.FloatField(null=True, verbose_name="observed growth"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="rail",
            field=models.JSONField(default=dict, verbose_name="progress rail, drawn"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="reached_in",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="reached in"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="reason",
            field=models.CharField(blank=True, max_length=40, verbose_name="reason of the status"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="recent_cagr",
            field=models.FloatField(null=True, verbose_name="recent growth"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="recent_since",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="recent growth since"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="replaced",
            field=models.BooleanField(
                default=False,
                help_text="A later version took its place; left out of default lists.",
                verbose_name="replaced",
            ),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="reporter",
            field=models.BooleanField(
                default=False, help_text="Whether a side of the pair speaks.", verbose_name="a side of the pair speaks"
            ),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="required_cagr",
            field=models.FloatField(null=True, verbose_name="required growth"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="share_of_way",
            field=models.FloatField(null=True, verbose_name="share of the way"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="sparkline",
            field=models.TextField(blank=True, verbose_name="small chart, drawn"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="status",
            field=models.CharField(max_length=40, verbose_name="status"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="judgements",
                to="targets.target",
                verbose_name="target",
            ),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="target_amount",
            field=models.FloatField(null=True, verbose_name="amount of the target"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="voters",
            field=models.JSONField(default=list, verbose_name="taken into account"),
        ),
        migrations.AlterField(
            model_name="judgement",
            name="years",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="years with figures"),
        ),
        migrations.AlterField(
            model_name="verdictchange",
            name="cause",
            field=models.CharField(max_length=40, verbose_name="cause"),
        ),
        migrations.AlterField(
            model_name="verdictchange",
            name="changed_at",
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="verdictchange",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="targets.auditevent",
                verbose_name="journal entry",
            ),
        ),
        migrations.AlterField(
            model_name="verdictchange",
            name="from_status",
            field=models.CharField(blank=True, max_length=40, verbose_name="status before"),
        ),
        migrations.AlterField(
            model_name="verdictchange",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verdict_changes",
                to="targets.target",
                verbose_name="target",
            ),
        ),
        migrations.AlterField(
            model_name="verdictchange",
            name="to_status",
            field=models.CharField(max_length=40, verbose_name="status after"),
        ),
    ]
