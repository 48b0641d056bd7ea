"""The goals the project was held against."""

from datetime import date

from django.db import migrations

GOALS = [("counted", 465), ("result", 60), ("girls", 60)]


def seed(apps, schema_editor):
    Goal = apps.get_model("reports", "Goal")
    for measure, target in GOALS:
        Goal.objects.create(measure=measure, target=target, valid_from=date(2016, 10, 1))


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=True)]
