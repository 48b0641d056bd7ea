"""The programme's settings as they are known (tracks, length, words of the consent)."""

from datetime import date

from django.db import migrations

# Ages: 16-24 during the project, two tracks afterwards.
TRACKS = [
    ("projekt", "BASUN 16–24", 16, 24, False, date(2016, 10, 1), date(2019, 7, 31)),
    ("kaa", "BASUN 16–19", 16, 19, True, date(2019, 8, 1), None),
    ("vuxen", "BASUN 20–29", 20, 29, False, date(2019, 8, 1), None),
]
CONSENT = (
    "Jag går med på att Botkyrka kommun lämnar uppgifter om mig till {receiver}, så att de som"
    " arbetar i BASUN kan hjälpa mig tillsammans. Samtycket gäller bara de slags uppgifter som jag"
    " har kryssat för. Jag kan när som helst ta tillbaka det, och då slutar {receiver} att se"
    " uppgifterna. Att säga nej påverkar inte min rätt till stöd från kommunen."
)


def seed(apps, schema_editor):
    Track = apps.get_model("participants", "Track")
    for code, name, low, high, kaa, first, last in TRACKS:
        Track.objects.create(
            code=code, name=name, min_age=low, max_age=high, needs_kaa=kaa,
            valid_from=first, valid_until=last,
        )  # fmt: skip
    apps.get_model("participants", "ProgrammeLength").objects.create(
        months=6, valid_from=date(2016, 10, 1)
    )
    apps.get_model("participants", "ConsentText").objects.create(
        authority="af",
        text=CONSENT.format(receiver="Arbetsförmedlingen"),
        valid_from=date(2016, 10, 1),
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=True)]
