"""Statistics Sweden's template: sending it in, saying what goes where, and confirming it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, requires
from core.errors import Refused
from reports.esf import layout, templates
from reports.esf.forms import MappingForm, TemplateForm
from reports.esf.models import EsfTemplate


@requires(Permission.REPORT_ESF)
@require_http_methods(["GET", "POST"])
def template_list(request):
    """Show the templates there are, and take in a new one."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        name, content = form.cleaned_data["name"], form.cleaned_data["file"].read()
        try:
            return redirect(templates.receive(name=name, content=content, by=request.user))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    found = EsfTemplate.objects.defer("content").select_related("uploaded_by", "confirmed_by")
    context = {
        "form": form,
        "templates": found,
        "current": templates.confirmed_template(),
        "fields": layout.FIELDS,
        "not_verified": layout.NOT_VERIFIED,
        "not_verified_why": layout.NOT_VERIFIED_WHY,
    }
    return render(
        request, "reports/esf_templates.html", context, status=422 if form.is_bound else 200
    )


@requires(Permission.REPORT_ESF)
@require_http_methods(["GET", "POST"])
def template_detail(request, pk):
    """Show what goes where in a template, and change it until it is confirmed."""
    template = get_object_or_404(EsfTemplate, pk=pk)
    book = templates.open_template(bytes(template.content))
    is_open = not (template.confirmed_at or template.retired_at)
    form = _mapping_form(request, template, book) if is_open else None
    if form and form.is_valid():
        try:
            templates.map_columns(
                template=template, by=request.user, columns=form.columns, **_place(form)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kolumnerna är sparade.")
            return redirect(template)
    context = {
        "template": template,
        "form": form,
        "is_open": is_open,
        "columns": _columns(template),
        "fault": _fault(template, book) if is_open else "",
        "may_confirm": request.user.may(Permission.CONFIRM_TEMPLATE),
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "reports/esf_template.html", context, status=status)


def _mapping_form(request, template: EsfTemplate, book) -> MappingForm:
    cancel_url = reverse("esf:template_list")
    return MappingForm(
        request.POST or None, template=template, sheets=book.sheetnames, cancel_url=cancel_url
    )


def _place(form: MappingForm) -> dict:
    return {key: form.cleaned_data[key] for key in ("sheet", "header_row")}


def _columns(template: EsfTemplate) -> list[tuple]:
    return [
        (
            field,
            template.columns[field.key],
            field.formats[template.columns[field.key]["format"]][0],
        )
        for field in layout.FIELDS
        if field.key in template.columns
    ]


def _fault(template: EsfTemplate, book) -> str:
    try:
        templates.must_be_usable(template, book)
    except Refused as refusal:
        return str(refusal)
    return ""


@requires(Permission.CONFIRM_TEMPLATE)
@require_POST
def template_confirm(request, pk):
    """Take a template into use."""
    return _do(request, pk, templates.confirm, "Mallen används från och med nu.")


@requires(Permission.CONFIRM_TEMPLATE)
@require_POST
def template_retire(request, pk):
    """Take a template out of use."""
    return _do(request, pk, templates.retire, "Mallen är tagen ur bruk.")


def _do(request, pk, action, sentence: str):
    template = get_object_or_404(EsfTemplate.objects.defer("content"), pk=pk)
    try:
        action(template=template, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(template)
