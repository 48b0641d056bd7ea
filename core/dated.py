"""Settings that hold from a day to a day, and rows that are current on a day."""

from datetime import date

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):
    """Rows with `valid_from` and an open-ended `valid_until` (the last day, included)."""

    def valid_on(self, day: date):
        """Those that hold on the day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class Dated(models.Model):
    """A setting with its days of validity."""

    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till och med", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
