"""Pages of the house itself: is it alive, and how far has a job come."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from core import jobs
from core.htmx import render_page
from core.models import Job
from core.models.job import JobState
from core.rules import public, signed_in


@public
@require_GET
@never_cache
def health(request):
    """Answer 200 when the database answers, else 503: for proxies, containers and `make run`."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("databasen svarar inte\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@signed_in
@require_GET
def job_detail(request, pk):
    """Show how far a job has come; once it is done, lead on to its result."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if job.state == JobState.DONE and (url := job.result.get("url")):
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    context = {"job": job, "title": jobs.title(job)}
    return render_page(request, "core/job_detail.html", context, partial="job")


@signed_in
@require_POST
def job_retry(request, pk):
    """Order a failed job once more."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return redirect(jobs.retry(job, by=request.user))
