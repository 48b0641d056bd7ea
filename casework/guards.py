"""What the database keeps of this app: what was signed, and what broke it, is never rewritten."""

from core.guards import AppendOnly, FullTextIndex

guards = [
    AppendOnly("attestation_break_append_only", "casework_attestationbreak"),
    AppendOnly("countersignature_append_only", "casework_countersignature"),
    FullTextIndex("note_in_swedish", "casework_casenote", "search_text"),
    AppendOnly("note_version_append_only", "casework_casenoteversion"),
    AppendOnly("plan_agreement_append_only", "casework_planagreement"),
]
