"""The tags and filters every template has without loading them: Swedish formats, icons, components."""

import uuid

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

from core import idempotency, swedish
from core.icons import icon_svg

register = template.Library()

register.filter("number", swedish.number)
register.filter("percent", swedish.percent)
register.filter("iso", swedish.iso_date)
register.filter("moment", swedish.iso_moment)
register.filter("week", swedish.week)
register.filter("month_name", swedish.month)
register.filter("long_day", swedish.long_day)
register.filter("relative", swedish.relative_day)
register.filter("listed", swedish.listed)

# What other people call the tones, and what the stylesheet calls them.
TONES = {
    "success": "good",
    "positive": "good",
    "warning": "warn",
    "danger": "bad",
    "error": "bad",
    "debug": "neutral",
    "": "neutral",
}
TONE_ICONS = {
    "neutral": "circle",
    "info": "info",
    "good": "check-circle",
    "warn": "warning",
    "bad": "stop",
    "accent": "star",
}


def tone_name(tone) -> str:
    """Return one of neutral, info, good, warn, bad, accent for any word commonly used for it."""
    tone = str(tone or "").split()[-1:] or [""]
    name = TONES.get(tone[0], tone[0])
    return name if name in TONE_ICONS else "neutral"


@register.filter
def counted(count, nouns: str) -> str:
    """`{{ 3|counted:"dag,dagar" }}` writes 3 dagar."""
    one, many = nouns.split(",")
    return swedish.counted(count, one, many)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last word of a name: ÅÖ."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> str:
    """`{% icon "search" %}`: an inline drawing, silent to screen readers."""
    return icon_svg(name, extra_class)


@register.simple_tag
def tag(label, tone="neutral", icon_name="") -> str:
    """`{% tag "Pågår" "good" %}`: word, shape and colour together, never the colour alone."""
    name = tone_name(tone)
    drawing = icon_svg(icon_name or TONE_ICONS[name])
    return format_html('<span class="tag tag--{}">{}<span>{}</span></span>', name, drawing, label)


@register.simple_tag
def status_tag(status) -> str:
    """`{% status_tag referral.status_look %}`: anything with `label`, and perhaps `tone` and `icon`."""
    if status is None or status == "":
        return ""
    label = getattr(status, "label", status)
    return tag(label, getattr(status, "tone", "neutral"), getattr(status, "icon", ""))


@register.simple_tag
def once_key() -> str:
    """A form's own key: sent twice, it does its work once. Stands beside `{% csrf_token %}`."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', idempotency.FIELD, uuid.uuid4().hex
    )


@register.inclusion_tag("_components/stat.html")
def stat(label, value, **more):
    """A figure with its goal and definition: `unit`, `goal`, `share`, `definition`, `url`, `tone`, `note`."""
    return {"label": label, "value": value, "tone_class": tone_name(more.get("tone"))} | more


@register.inclusion_tag("_components/progress.html")
def progress(done, total, label, hide_figures=False):
    """A bar with its figures in words: `{% progress 3 8 "Rader lästa" %}`."""
    share = done / total if total else None
    return {"done": done, "total": total, "label": label, "share": share, "bare": hide_figures}


@register.inclusion_tag("_components/empty_state.html")
def empty_state(title, text="", **more):
    """What stands where a list would: `icon`, `url` and `label` of the way on."""
    return {"title": title, "text": text, "icon": "inbox"} | more


@register.inclusion_tag("_components/tabs.html")
def tabs(items, label="Delar av sidan"):
    """Links to the parts of a page: objects with `label`, `url`, `current` and perhaps `count`."""
    return {"items": items, "label": label}


@register.inclusion_tag("_components/timeline.html")
def timeline(events, empty="Inget har hänt än."):
    """Events newest first, as `core.registry.Event`: on, title, text, icon, tone, url, by."""
    toned = [(event, tone_name(getattr(event, "tone", ""))) for event in events or ()]
    return {"events": toned, "empty": empty}


@register.inclusion_tag("_components/definition_list.html")
def definition_list(pairs):
    """Facts as (word, value) pairs; a value may be None and is then a dash."""
    return {"pairs": pairs}


@register.inclusion_tag("_components/pagination.html", takes_context=True)
def pagination(context, page, noun="rader", target=""):
    """Steps between the pages of a list; keeps the rest of the address as it is."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "request": context.get("request"),
        "page": page,
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
        "noun": noun,
        "target": target,
    }


@register.inclusion_tag("_components/sort_heading.html", takes_context=True)
def sort_heading(context, key, label, current=""):
    """A column head that sorts: `{% sort_heading "namn" "Namn" sort %}`; "-namn" is the other way."""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current or "", "")
    return {
        "request": context.get("request"),
        "label": label,
        "direction": direction,
        "next": f"-{key}" if direction == "ascending" else key,
    }


@register.inclusion_tag("_components/error_summary.html")
def error_summary(form):
    """Everything that is wrong with a form, each line a link to its field."""
    return {"form": form, "errors": [(form[name], errors) for name, errors in field_errors(form)]}


def field_errors(form):
    """Return (field name, errors) for each field in trouble, in the form's order."""
    return [(name, form.errors[name]) for name in form.fields if name in form.errors]


@register.simple_tag
def crumb(label, url="") -> str:
    """One step of the breadcrumb trail, inside `{% block breadcrumbs %}`."""
    if not url:
        return format_html('<li aria-current="page">{}</li>', label)
    return format_html('<li><a href="{}">{}</a></li>', url, label)


@register.simple_block_tag
def card(content, title="", **more):
    """`{% card "Kontakt" %}…{% endcard %}`: a quiet box; `icon`, `tone`, `level`, `id`, `url`, `more`."""
    return _block("_components/card.html", content, title=title, **({"level": 2} | more))


@register.simple_block_tag
def notice(content, tone="info", title=""):
    """`{% notice "warn" "Rubrik" %}…{% endnotice %}`: something to know before going on."""
    name = tone_name(tone)
    return _block("_components/notice.html", content, tone=name, icon=TONE_ICONS[name], title=title)


@register.simple_block_tag
def table(content, caption, stacked=True, shown=False):
    """`{% table "Deltagare" %}<thead>…</tbody>{% endtable %}`: scrolls by itself; stacks on a phone.

    Cells need `data-label` to be told apart when stacked. The caption is for screen readers unless `shown`.
    """
    return _block("_components/table.html", content, caption=caption, stacked=stacked, shown=shown)


@register.simple_block_tag
def fold(content, label, opened=False):
    """`{% fold "Visa tabellen" %}…{% endfold %}`: details that open on demand, without JavaScript."""
    return _block("_components/fold.html", content, label=label, opened=opened)


def _block(name: str, content: str, **context) -> str:
    return render_to_string(name, context | {"content": content})


@register.inclusion_tag("_components/chart.html")
def chart(chart, untitled=False, printed=False):
    """A chart from `core.charts`, with its numbers in a table behind it; on paper the table stands open."""
    return {"chart": chart, "untitled": untitled, "printed": printed}
