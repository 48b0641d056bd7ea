from django.conf import settings
from django.db import models


class UsedKey(models.Model):
    """A form that was already sent, and where its answer led: a double click makes one row."""

    key = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    path = models.CharField(max_length=200)
    location = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="used_key_once_each", fields=["user", "key"]),
        ]

    def __str__(self):
        return self.path
