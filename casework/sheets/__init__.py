"""Paper: printed sheets and certificates, and the scans that bring them back."""
