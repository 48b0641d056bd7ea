from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_seed_goals")]

    operations = [
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                name="report_once_by_schedule",
                fields=["kind", "first_month", "last_month"],
                condition=Q(made_by=None),
            ),
        ),
    ]
