"""Pages about activities, one module for each thing one does there."""
