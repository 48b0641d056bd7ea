from core.models.access_log import AccessLogEntry, AccessLogHead
from core.models.idempotency import UsedKey
from core.models.job import Job

__all__ = ["AccessLogEntry", "AccessLogHead", "Job", "UsedKey"]
