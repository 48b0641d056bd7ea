"""The icons: drawn for BASUN on a 24-square, as strokes of the text's own colour."""

from django.utils.html import format_html

SHAPES = {
    "home": "M4 11.5 12 5l8 6.5M6 10v9h4.5v-5h3v5H18v-9",
    "people": "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11ZM3 19.5c.4-3.6 2.8-5.6 6-5.6s5.6 2 6 5.6"
    "M15.5 5a3 3 0 0 1 0 5.8M17.2 14.4c2.2.6 3.5 2.4 3.8 5.1",
    "person": "M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6ZM4.8 20.2c.6-4 3.4-6.2 7.2-6.2s6.6 2.2 7.2 6.2",
    "inbox": "M4 13.5 6.5 5h11L20 13.5V19H4v-5.5Zm0 0h4.6l1.4 2.4h4l1.4-2.4H20",
    "calendar": "M5 6.5h14V20H5V6.5ZM5 10.5h14M8.5 4v4M15.5 4v4",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2",
    "chart": "M4.5 19.5h15M7 16v-4M11 16V7M15 16v-6.5M19 16V5",
    "upload": "M12 15.5v-11M7.8 8.4 12 4.3l4.2 4.1M5 15.5v4h14v-4",
    "download": "M12 4.5v11M7.8 11.6 12 15.7l4.2-4.1M5 15.5v4h14v-4",
    "file": "M6.5 4h7L18 8.5V20H6.5V4ZM13.2 4.2v4.6h4.6M9.5 13h5M9.5 16.2h5",
    "search": "M10.8 17a6.2 6.2 0 1 0 0-12.4 6.2 6.2 0 0 0 0 12.4ZM15.4 15.4l4.4 4.4",
    "plus": "M12 5v14M5 12h14",
    "check": "M5 12.8 9.6 17.5 19 7",
    "check-circle": "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4ZM8.4 12.3l2.6 2.6 4.7-5.2",
    "cross": "M6.5 6.5l11 11M17.5 6.5l-11 11",
    "warning": "M12 4.2 20.8 19.4H3.2L12 4.2ZM12 10v4.4M12 16.6v.4",
    "stop": "M8.4 3.8h7.2l4.6 4.6v7.2l-4.6 4.6H8.4l-4.6-4.6V8.4l4.6-4.6ZM12 7.8v5M12 15.9v.3",
    "info": "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4ZM12 11.2v5M12 7.8v.3",
    "star": "m12 4.2 2.3 5 5.4.6-4 3.7 1.1 5.4-4.8-2.7-4.8 2.7 1.1-5.4-4-3.7 5.4-.6 2.3-5Z",
    "circle": "M12 18.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z",
    "dot": "M12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2Z",
    "half": "M12 18.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM12 6v12M14.2 8v8M16.4 9.6v4.8",
    "pause": "M9 6.5v11M15 6.5v11",
    "arrow-right": "M4.5 12h14M13 6.5l5.5 5.5-5.5 5.5",
    "arrow-left": "M19.5 12h-14M11 6.5 5.5 12l5.5 5.5",
    "arrow-up": "M12 19.5v-14M6.5 11 12 5.5l5.5 5.5",
    "arrow-down": "M12 4.5v14M6.5 13l5.5 5.5 5.5-5.5",
    "chevron": "m9 6 6 6-6 6",
    "chevron-down": "m6 9 6 6 6-6",
    "edit": "M5 19l.9-3.8L15.8 5.3l2.9 2.9L8.8 18.1 5 19ZM13.6 7.5l2.9 2.9",
    "lock": "M6.5 11h11v8.5h-11V11ZM8.8 11V8.2a3.2 3.2 0 0 1 6.4 0V11M12 14.4v1.8",
    "shield": "M12 4l7 2.4v5.2c0 4.2-2.9 7.2-7 8.6-4.1-1.4-7-4.4-7-8.6V6.4L12 4Z",
    "key": "M8.2 15.8a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4ZM11.9 12.1H20M17 12.1v3.2M14.3 12.1v2.3",
    "phone": "M6.2 4.5h3.2l1.4 4-2 1.4a11 11 0 0 0 5.3 5.3l1.4-2 4 1.4v3.2c0 1-.8 1.7-1.8 1.7"
    "C10.7 19 5 13.3 4.5 6.3c0-1 .7-1.8 1.7-1.8Z",
    "mail": "M4 6.5h16v11H4v-11Zm.4.6L12 13l7.6-5.9",
    "pin": "M12 20.2s6-5.2 6-10a6 6 0 1 0-12 0c0 4.8 6 10 6 10ZM12 12.4a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
    "briefcase": "M4 8.5h16V19H4V8.5ZM9 8.3V5.5h6v2.8M4 13h16",
    "book": "M12 7c-1.8-1.5-4.2-2-7.5-2v12.5c3.3 0 5.7.5 7.5 2 1.8-1.5 4.2-2 7.5-2V5c-3.3 0-5.7.5-7.5 2ZM12 7v12.5",
    "flag": "M6 20.5V4.5M6 5.2h11.5l-2.4 3.9 2.4 3.9H6",
    "list": "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.2M4.5 12h.2M4.5 17.5h.2",
    "filter": "M4.5 6h15M7.5 12h9M10.5 18h3",
    "settings": "M4.5 8h8M17 8h2.5M4.5 16H7M11.5 16h8M14.7 10.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z"
    "M9.3 18.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z",
    "sign-out": "M10 4.5H5v15h5M9.5 12H20M16 8l4 4-4 4",
    "theme": "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4ZM12 4v16M12 8l5.5-2M12 12.5l8-2.5M12 17l7-2.3",
    "menu": "M4.5 7h15M4.5 12h15M4.5 17h15",
    "note": "M5 5h14v10.5L15 19.5H5V5ZM18.8 15.4h-4v4M8.5 9h7M8.5 12.5h4",
    "eye": "M3 12c2.2-4 5.2-6 9-6s6.8 2 9 6c-2.2 4-5.2 6-9 6s-6.8-2-9-6ZM12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2Z",
    "print": "M7.5 9V4.5h9V9M7.5 16H4.5V9h15v7h-3M7.5 13.5h9v6h-9v-6Z",
    "external": "M13.5 5H19v5.5M19 5l-8.5 8.5M16 13.5V19H5V8h5.5",
    "refresh": "M19 12a7 7 0 1 1-2.2-5.1M19.3 4v4h-4",
    "qr": "M4.5 4.5H10V10H4.5V4.5ZM14 4.5h5.5V10H14V4.5ZM4.5 14H10v5.5H4.5V14ZM14 14h2.5v2.5M19.5 14v2.5M14 19.5h2.5M19.5 19.3v.2",
    "message": "M4.5 5.5h15V16h-8.7l-4.3 3.5V16h-2V5.5ZM8.5 9.3h7M8.5 12.3h4.5",
    "hourglass": "M7 4.5h10M7 19.5h10M8 4.5c0 4 3 5 4 7.5 1-2.5 4-3.5 4-7.5M8 19.5c0-4 3-5 4-7.5 1 2.5 4 3.5 4 7.5",
}


def icon_svg(name: str, extra_class: str = "") -> str:
    """Return one icon as inline SVG, hidden from screen readers: the word beside it speaks.

    A name that is not drawn becomes a dot; a test looks for such names in the templates.
    """
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false"><path d="{}"/></svg>',
        extra_class,
        SHAPES.get(name, SHAPES["dot"]),
    )
