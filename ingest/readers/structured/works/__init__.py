"""Publication lists: each export a small mapping onto one noun, a work."""
