"""What each figure means, in the words shown beside it on the page, in the PDF and in the workbook."""

from dataclasses import dataclass

# Raised when a figure's meaning changes; every report keeps the version it was made by.
DEFINITION_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name and its meaning in one or two sentences."""

    name: str
    text: str


PERIOD = Definition(
    "Period",
    "Hela kalendermånader, från den första dagen i den första månaden till den sista dagen i den "
    "sista, svensk tid. Båda dagarna räknas med.",
)
GENDER = Definition(
    "Flickor och pojkar",
    "Juridiskt kön, som det framgår av personnumret om inte registret säger något annat. Flickor "
    "och kvinnor redovisas som flickor, pojkar och män som pojkar.",
)
PARTICIPANTS = Definition(
    "Inskrivna",
    "Unika deltagare med en inskrivning som börjar i perioden. Den som skrivs in flera gånger "
    "räknas en gång.",
)
ENROLMENTS = Definition(
    "Inskrivningar",
    "Alla inskrivningar som börjar i perioden. Den som kommer tillbaka har flera.",
)
BY_SOURCE = Definition(
    "Källa",
    "De inskrivna efter vem som remitterade. Har någon flera inskrivningar i perioden gäller "
    "remissen till den första.",
)
BY_AREA = Definition(
    "Kommundel",
    "De inskrivna efter var de bodde den dag inskrivningen började. Har någon flera inskrivningar "
    "i perioden gäller den första. Norra: Alby, Fittja, Hallunda och Norsborg. Södra: Tumba, "
    "Storvreten, Tullinge, Uttran, Vårsta och Grödinge.",
)
GIRLS_SHARE = Definition(
    "Andel flickor",
    "Flickor och kvinnor bland de inskrivna, i procent med en decimal.",
)
ACTIVE = Definition(
    "Aktuella",
    "Unika deltagare som är inskrivna när periodens sista dag är slut: de har börjat senast den "
    "dagen och inte avslutats, eller avslutats senare.",
)
LEFT = Definition(
    "Avslutade",
    "Unika deltagare som skrevs ut i perioden. Den som skrevs ut flera gånger räknas en gång, "
    "efter den sista utskrivningen.",
)
TO_WORK = Definition(
    "Till arbete",
    "De avslutade vars sista utskrivning i perioden hade orsaken arbete utan stöd eller arbete "
    "med anställningsstöd.",
)
TO_STUDIES = Definition(
    "Till studier",
    "De avslutade vars sista utskrivning i perioden hade orsaken studier.",
)
RESULT = Definition(
    "Resultat",
    "Till arbete och till studier tillsammans, delat med alla avslutade. I procent med en decimal, "
    "avrundat uppåt vid hälften och alltid räknat på heltalen. Ett streck när ingen har avslutats.",
)
COUNTED = Definition(
    "Tillgodoräknade",
    "Unika deltagare vars allra första inskrivning börjar i perioden och som har minst en attesterad "
    "närvaro med datum i perioden.",
)
NOT_YET_COUNTED = Definition(
    "Ännu inte tillgodoräknade",
    "Övriga deltagare vars första inskrivning börjar i perioden: de saknar attesterad närvaro.",
)
HOURS_ATTESTED = Definition(
    "Attesterade timmar",
    "Närvarotimmar med datum i perioden som deltagaren har intygat.",
)
HOURS_UNATTESTED = Definition(
    "Timmar som inte är attesterade",
    "Närvarotimmar med datum i perioden som ännu saknar deltagarens intyg.",
)
FIRST_MEETING = Definition(
    "Tid till första möte",
    "Dagar från remissens datum till det första trepartssamtalet, för de inskrivningar vars första "
    "samtal hölls i perioden. Medianen är värdet i mitten. Den 90:e percentilen är det minsta antal "
    "dagar som minst nio av tio inte överstiger (närmaste rang, ingen interpolering).",
)
WEEKS = Definition(
    "Veckor inskriven",
    "Tiden från inskrivning till utskrivning för varje utskrivning i perioden: antal dagar delat "
    "med sju. Median och medelvärde med en decimal. Kommundelen är den där deltagaren bodde när "
    "inskrivningen började.",
)
STILL_THERE = Definition(
    "Kvar efter 3, 6 och 12 månader",
    "Av de placeringar som började minst så länge före periodens slut och har följts upp: andelen "
    "som då var kvar i arbete eller studier, och hur många som gick att nå.",
)
NO_PLACEMENTS = "Inga placeringar registrerade ännu."
NOT_FOR_SPREADING = "Ej för spridning"
NOT_FOR_SPREADING_WHY = "Siffrorna är till för arbetslaget. Små grupper är inte dolda, så enskilda kan gå att känna igen."

ALL = (
    PERIOD,
    GENDER,
    PARTICIPANTS,
    ENROLMENTS,
    BY_SOURCE,
    BY_AREA,
    GIRLS_SHARE,
    ACTIVE,
    LEFT,
    TO_WORK,
    TO_STUDIES,
    RESULT,
    COUNTED,
    NOT_YET_COUNTED,
    HOURS_ATTESTED,
    HOURS_UNATTESTED,
    FIRST_MEETING,
    WEEKS,
    STILL_THERE,
)
