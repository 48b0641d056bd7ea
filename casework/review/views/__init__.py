"""Pages about the weekly review, one module for each thing one does there."""
