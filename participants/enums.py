"""The fixed words of the person's file."""

from django.db import models


class Gender(models.TextChoices):
    """Legal gender, from the number's parity unless the register says otherwise."""

    FEMALE = "F", "Kvinna"
    MALE = "M", "Man"


class Area(models.TextChoices):
    """Part of the municipality (kommundel)."""

    ALBY = "alby", "Alby"
    FITTJA = "fittja", "Fittja"
    HALLUNDA = "hallunda", "Hallunda"
    NORSBORG = "norsborg", "Norsborg"
    TUMBA = "tumba", "Tumba"
    STORVRETEN = "storvreten", "Storvreten"
    TULLINGE = "tullinge", "Tullinge"
    UTTRAN = "uttran", "Uttran"
    VARSTA = "varsta", "Vårsta"
    GRODINGE = "grodinge", "Grödinge"
    OTHER = "ovriga", "Övriga"


NORTH = frozenset({Area.ALBY, Area.FITTJA, Area.HALLUNDA, Area.NORSBORG})
SOUTH = frozenset(
    {Area.TUMBA, Area.STORVRETEN, Area.TULLINGE, Area.UTTRAN, Area.VARSTA, Area.GRODINGE}
)


class Flag(models.TextChoices):
    """What the register notes about a person; counted, never listed or searched."""

    CODED_DISABILITY = "coded_disability", "Kodad funktionsnedsättning"
    INCOME_SUPPORT = "income_support", "Försörjningsstöd"
    SIUS = "sius", "SIUS"


class Category(models.TextChoices):
    """Categories of information that a consent covers, each by itself."""

    PLAN = "plan", "Planering och inskrivning"
    ATTENDANCE = "attendance", "Närvaro"
    NOTES = "notes", "Anteckningar som delas"
    MATCHING = "matching", "Matchning och placering"


class ProtectionKind(models.TextChoices):
    """Why personal data is protected."""

    MARKING = "marking", "Sekretessmarkering"
    REGISTRATION = "registration", "Skyddad folkbokföring"


class Function(models.TextChoices):
    """What a member of staff is to an enrolment."""

    MAIN_CONTACT = "main_contact", "Huvudkontakt"
    EMPLOYMENT_OFFICER = "employment_officer", "Arbetsförmedlare"
    SIUS = "sius", "SIUS-konsulent"
    COUNSELLOR = "counsellor", "Studie- och yrkesvägledare"


class BenefitKind(models.TextChoices):
    """What a participant lives on while in the programme, as the financing tells them apart."""

    INCOME_SUPPORT = "income_support", "Försörjningsstöd"
    ACTIVITY_SUPPORT = "activity_support", "Aktivitetsstöd eller utvecklingsersättning"
    ESTABLISHMENT = "establishment", "Etableringsersättning"
    UNEMPLOYMENT = "unemployment", "Arbetslöshetsersättning"
    SICKNESS = "sickness", "Sjuk- eller aktivitetsersättning"
    NONE = "none", "Ingen ersättning"


class CountsAs(models.TextChoices):
    """What an exit reason counts as in the figures."""

    WORK = "work", "Arbete"
    STUDIES = "studies", "Studier"
    OTHER = "other", "Annat"


class ExitReason(models.TextChoices):
    """Why an enrolment ended (domain.md 3)."""

    WORK = "work", "Arbete utan stöd"
    SUPPORTED_WORK = "supported_work", "Arbete med anställningsstöd"
    STUDIES = "studies", "Studier"
    OTHER_MEASURE = "other_measure", "Annan insats"
    PARENTAL_LEAVE = "parental_leave", "Föräldraledig"
    ILLNESS = "illness", "Sjukdom eller vård"
    MOVED = "moved", "Flyttat"
    STOPPED_COMING = "stopped_coming", "Uteblivit"
    CUSTODY = "custody", "Frihetsberövad"
    AGE = "age", "Åldersgräns"
    DECEASED = "deceased", "Avliden"
    OTHER = "other", "Övrigt"

    @property
    def counts_as(self) -> CountsAs:
        """Work, studies or other: what the goal of 60 per cent counts."""
        return {
            ExitReason.WORK: CountsAs.WORK,
            ExitReason.SUPPORTED_WORK: CountsAs.WORK,
            ExitReason.STUDIES: CountsAs.STUDIES,
        }.get(self, CountsAs.OTHER)

    @classmethod
    def choices_by_outcome(cls) -> list:
        """The reasons grouped by what they count as, for a select field."""
        return [
            (
                outcome.label,
                [(reason.value, reason.label) for reason in cls if reason.counts_as == outcome],
            )
            for outcome in CountsAs
        ]
