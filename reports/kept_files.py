"""A file that is kept in the database: made, backed up and restored with the row it belongs to."""

import hashlib

from django.db import models


class KeptFile(models.Model):
    """The content of a file with its hash and size; who inherits says what it belongs to and its name."""

    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("byte")

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def is_intact(self) -> bool:
        """Whether the content is still what was made; costs a query when the content is deferred."""
        return hashlib.sha256(bytes(self.content)).hexdigest() == self.sha256
