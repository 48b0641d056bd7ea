#!/usr/bin/env python
"""Check that what people read is Swedish, as far as a machine can tell.

Text is written in Swedish in the source, so there is no catalogue of ours that could have gaps.
What is checked: (1) Django and allauth, whose words reach the screen, have a whole Swedish
catalogue; (2) no common English word stands in the visible text of a template; (3) nor in the words
that Python code puts on the screen: labels, help texts, messages, validation errors. What is not:
grammar, tone, and English that shares all its words with Swedish.
"""

import ast
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = re.compile(
    r"\b(the|and|this|that|these|with|from|your|you|please|is|are|not|cannot|required|submit|save|saved"
    r"|delete|edit|search|password|sign|login|logout|click|choose|select|invalid|must|been|has|have)\b",
    re.IGNORECASE,
)
CATALOGUES = {
    "django": ["conf/locale/sv", "contrib/auth/locale/sv"],
    "allauth": ["locale/sv"],
}
CALLS = {"ValidationError", "Failure", "success", "error", "info", "warning", "Submit"}
KEYWORDS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "placeholder",
    "title",
    "empty_label",
}
NOT_ON_SCREEN = {"log", "logger"}


def untranslated() -> list[str]:
    """Return the messages of Django and allauth that have no Swedish words, or doubtful ones."""
    found = []
    for package, folders in CATALOGUES.items():
        for folder in folders:
            file = Path(find_spec(package).origin).parent / folder / "LC_MESSAGES" / "django.po"
            gaps = empty_entries(file.read_text("utf-8")) if file.is_file() else ["no catalogue"]
            found += [f"{package}/{folder}: {gap}" for gap in gaps]
    return found


def empty_entries(catalogue: str) -> list[str]:
    """Return the entries of a .po file that are in use and have no translation, or a fuzzy one."""
    entries = [
        entry for entry in catalogue.split("\n\n") if re.search(r"^msgid ", entry, re.MULTILINE)
    ]
    return [
        re.sub(r"\s+", " ", entry[entry.index("msgid") :])[:100]
        for entry in entries[1:]
        if re.search(r"^#,.*fuzzy", entry, re.MULTILINE)
        or re.search(r'msgstr(\[\d\])? ""\s*(?!\s*")(\n|$)(?!")', entry)
    ]


def visible_text(html: str) -> str:
    """Return a template's text between tags, line for line, without tags, code and comments."""
    for pattern in (r"<script.*?</script>", r"{#.*?#}", r"{%.*?%}", r"{{.*?}}", r"<[^>]*>"):
        html = re.sub(pattern, lambda hit: "\n" * hit[0].count("\n"), html, flags=re.DOTALL)
    return html


def english_in_templates(paths) -> list[str]:
    """Return lines of templates with a common English word in their visible text."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(visible_text(path.read_text("utf-8")).splitlines(), 1)
        if ENGLISH.search(line)
    ]


def words_on_screen(tree: ast.AST):
    """Yield the string constants that a module shows to people, with their lines."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        shown = [word.value for word in node.keywords if word.arg in KEYWORDS]
        if name in CALLS and owner not in NOT_ON_SCREEN:
            shown += node.args
        for value in shown:
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


def english_in_code(paths) -> list[str]:
    """Return places where Python code shows a common English word to people."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {text[:100]}"
        for path in paths
        for line, text in words_on_screen(ast.parse(path.read_text("utf-8")))
        if " " in text and ENGLISH.search(text)
    ]


def tracked(*patterns: str) -> list[Path]:
    """Return the tracked files of some patterns, tests and tools left out."""
    names = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True
    )
    outside = ("tests/", "scripts/", "benchmarks/", "basun/settings/")
    return [
        ROOT / n
        for n in names.stdout.decode().split("\0")
        if n and not n.startswith(outside) and "/migrations/" not in n and (ROOT / n).is_file()
    ]


if __name__ == "__main__":
    found = (
        untranslated() + english_in_templates(tracked("*.html")) + english_in_code(tracked("*.py"))
    )
    print("\n".join(found))
    sys.exit(bool(found))
