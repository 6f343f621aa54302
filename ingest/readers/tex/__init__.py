"""LaTeX taken apart: tokens, the macros that expand into others, and the page that is left to read."""
