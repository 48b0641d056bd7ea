"""The project's rules as they are known, and 7TJUGO to start a course from."""

from datetime import date, time

from django.db import migrations

COUNCIL = "Svenska ESF-rådet 2020-10-21: digital underskrift godtas i programområdet. Stäm av mot projektets beslut."

# 7TJUGO (domain: about eight weeks, full time at first, later shorter). Monday is 0.
LONG, SHORT = (time(9), time(15), 5), (time(9), time(12), 3)
THEMES = [
    "Lära känna varandra och gruppen",
    "Mina styrkor och drivkrafter",
    "Kropp, sömn och vardag",
    "Kommunikation och samspel",
    "Arbetslivet: krav, rättigheter, koder",
    "Cv, personligt brev och intervju",
    "Studiebesök och nätverk",
    "Min plan framåt",
]


def week_of(number):
    """The days of a week and their times: five long days, then four, then three short ones."""
    if number <= 2:
        return [(day, LONG) for day in range(5)]
    if number <= 5:
        return [(day, LONG) for day in (0, 1, 3)] + [(4, SHORT)]
    return [(day, SHORT) for day in (0, 2, 3)]


def seed(apps, schema_editor):
    EsfProject = apps.get_model("casework", "EsfProject")
    EsfProject.objects.create(
        name="BASUN", valid_from=date(2016, 10, 1), valid_until=date(2020, 10, 20),
        needs_countersignature=True,
    )
    EsfProject.objects.create(
        name="BASUN", valid_from=date(2020, 10, 21), drawn_counts=True, link_counts=True,
        needs_countersignature=True, source=COUNCIL,
    )
    ActivityTemplate = apps.get_model("casework", "ActivityTemplate")
    TemplateSession = apps.get_model("casework", "TemplateSession")
    template = ActivityTemplate.objects.create(
        name="7TJUGO", type="7tjugo", kind="group", capacity=15,
        description="Gruppaktivitet i åtta veckor: heltid i början, kortare dagar mot slutet."
        " Korta den och ändra den som gruppen behöver.",
    )
    for number, theme in enumerate(THEMES, start=1):
        for weekday, (starts_at, ends_at, hours) in week_of(number):
            TemplateSession.objects.create(
                template=template, week=number, weekday=weekday, starts_at=starts_at,
                ends_at=ends_at, planned_hours=hours, theme=theme,
            )


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_activities_rosters_and_attestation")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=True)]
