"""From a question with its rows to sentences with citations, and their verification."""
