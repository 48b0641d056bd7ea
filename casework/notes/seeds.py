"""Templates and phrases to begin with; everybody changes what they fill in freely."""

TEMPLATES = (
    ("Första samtalet", "planning", False, """Varför hen är här, med egna ord:

Så ser vardagen ut:

Det här fungerar redan bra:

Det här är svårt just nu:

Det hen vill att vi vet om hen:

Nästa steg:
"""),
    ("MI-samtal", "motivation", False, """Dagordning (vad hen ville prata om):

Det som är viktigt för hen (värderingar):

Hur viktigt är det att ändra något, 0–10, och varför inte lägre:

Hur säker är hen på att klara det, 0–10, och vad som skulle höja siffran:

Sammanfattning, som jag sa den:

Plan och nästa steg:
"""),
    ("Vägledning", "guidance", False, """Det hen är nyfiken på:

Det hen har provat, och hur det var:

Vägar vi pratade om (arbete, studier, praktik):

Frågor att ta reda på:

Nästa steg:
"""),
    ("Uppföljning", "planning", False, """Sedan sist:

Så gick det med det vi kom överens om:

Det som hjälpte:

Det som stod i vägen:

Nästa steg:
"""),
    ("Hjälp med myndigheter", "authorities", False, """Ärende och myndighet:

Vad hen behöver hjälp med:

Det vi gjorde tillsammans:

Besked vi fick, och av vem (roll, inte namn):

Väntar på, och till när:
"""),
    ("Nätverksmöte", "network", False, """Vilka var med (roll, inte namn):

Frågan för mötet:

Deltagarens egna ord:

Vad vi kom fram till:

Vem gör vad:
"""),
    ("Telefon: kom inte", "absence", False, """Kom inte till:

Jag ringde, och så blev det:

Skäl, om hen berättade något:

Ny tid:
"""),
    ("Checklista: MI", "motivation", True, """[ ] Jag frågade om lov innan jag gav råd.
[ ] Jag ställde öppna frågor.
[ ] Jag speglade det hen sa, innan jag frågade vidare.
[ ] Jag bekräftade något hen har gjort.
[ ] Vi pratade om både för och emot.
[ ] Hen sa själv varför det är viktigt.
[ ] Jag sammanfattade, och hen fick rätta mig.
[ ] Nästa steg är hens eget.
"""),
    ("Checklista: Genushanden", "guidance", True, """[ ] Har jag visat minst ett yrke där hens kön är ovanligt?
[ ] Vad hade jag föreslagit om hen hade haft ett annat kön?
[ ] Vems tankar om vad som passar styr valet: hens egna, familjens, vännernas eller mina?
[ ] Har hen fått träffa eller höra om någon som gått en annan väg?
[ ] Stämmer arbetstid, lön och villkor med det liv hen vill leva?
"""),
)  # fmt: skip

PHRASES = (
    "Kom i tid och ville prata.",
    "Kom inte, hörde inte av sig.",
    "Avbokade i god tid.",
    "Jag ringde, inget svar. Skickade sms.",
    "Mår bättre än förra gången.",
    "Behöver mer tid innan nästa steg.",
    "Vi gick igenom planen tillsammans.",
    "Hen vill själv ringa och berätta hur det gick.",
)


def seed(apps) -> None:
    """Make the templates and everybody's phrases; those that there are stay as they are.

    `apps` is a migration's registry, or django.apps itself.
    """
    template_model = apps.get_model("casework", "NoteTemplate")
    for position, (name, kind, is_checklist, text) in enumerate(TEMPLATES, start=1):
        facts = {"kind": kind, "text": text, "is_checklist": is_checklist, "position": position}
        template_model.objects.get_or_create(name=name, defaults=facts)
    phrase_model = apps.get_model("casework", "QuickPhrase")
    for text in PHRASES:
        phrase_model.objects.get_or_create(user=None, text=text)
