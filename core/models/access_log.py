from django.db import models


class Action(models.TextChoices):
    """What was done with a person's data."""

    LISTED = "listed", "visad i lista"
    FOUND = "found", "träff i sökning"
    READ = "read", "läst"
    EXPORTED = "exported", "exporterad"
    PRINTED = "printed", "utskriven"
    IMPORTED = "imported", "inläst"
    CREATED = "created", "registrerad"
    CHANGED = "changed", "ändrad"
    OPENED = "opened", "stängd akt öppnad"


class AccessLogEntry(models.Model):
    """One person's data was shown to, or changed by, one user at one moment.

    Holds no foreign keys, so that it never hinders a deletion and outlives what it tells of, and never
    what was read. Each row carries the hash of the row before it (core/access_log.py). The database
    refuses to change or remove rows. Features never read this table.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    roles = models.CharField(max_length=200)
    authority = models.CharField(max_length=40)
    person_id = models.BigIntegerField()
    action = models.CharField(max_length=20, choices=Action.choices)
    what = models.CharField(max_length=100)
    ground = models.CharField(max_length=100)
    outcome = models.CharField(max_length=20, default="ok")
    request_id = models.CharField(max_length=40)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "id"], name="access_log_by_person"),
            models.Index(fields=["actor_id", "id"], name="access_log_by_actor"),
        ]

    def __str__(self):
        return f"{self.id} {self.action}"


class AccessLogHead(models.Model):
    """The last row's number and hash: the lock that keeps the chain single, and shows a cut end."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_id = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_log_one_head", condition=models.Q(id=1)),
        ]

    def __str__(self):
        return str(self.last_id)
