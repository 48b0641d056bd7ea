"""Who refers, and the target group's criteria as the project had them."""

from datetime import date

from django.db import migrations

BODIES = [
    ("Arbetsförmedlingen", "af"),
    ("Socialförvaltningen", "social"),
    ("Annan kommunal verksamhet", "kommun"),
    ("Kommunala aktivitetsansvaret", "kommun"),
    ("Kultur- och fritidsförvaltningen", "kommun"),
    ("Civilsamhället", "civil"),
    ("Eget initiativ", "eget"),
    ("Uppsökande verksamhet", "uppsok"),
    ("Förälder eller vårdnadshavare", "foralder"),
]
CRITERIA = [
    (1, "Arbetslös i minst 90 dagar och inskriven i UGA eller JOB hos Arbetsförmedlingen", False),
    (
        2,
        "Utanför alla system (mörkertal); 16–19 år: omfattas av kommunala aktivitetsansvaret",
        False,
    ),
    (3, "Saknar gymnasieexamen", False),
    (4, "Har försörjningsstöd", False),
    (5, "Kodad funktionsnedsättning som sänker arbetsförmågan", False),
    (6, "Kan inte ta del av ordinarie insatser; den som remitterar motiverar skriftligt", True),
]
START = date(2016, 10, 1)
# Taken in by the first change application. Its day is not known: the first new year is assumed.
ESTABLISHMENT = (7, "Deltar i Arbetsförmedlingens etableringsprogram", date(2017, 1, 1))


def seed(apps, schema_editor):
    ReferringBody = apps.get_model("referrals", "ReferringBody")
    Criterion = apps.get_model("referrals", "Criterion")
    for name, source in BODIES:
        ReferringBody.objects.create(name=name, source=source)
    for number, text, needs_reason in CRITERIA:
        Criterion.objects.create(
            number=number, text=text, needs_reason=needs_reason, valid_from=START
        )
    number, text, first = ESTABLISHMENT
    Criterion.objects.create(number=number, text=text, valid_from=first)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=True)]
