"""Fixed questions with hand-made answers, the metrics over them, and the comparison of runs."""
