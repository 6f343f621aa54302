"""Two pieces of a source that stand side by side state together what neither states alone."""
