"""What the database keeps of this app: what was reported to the ESF is never rewritten."""

from core.guards import AppendOnly

guards = [
    AppendOnly("esf_row_append_only", "reports_esfrow"),
    AppendOnly("esf_file_append_only", "reports_esffile"),
]
