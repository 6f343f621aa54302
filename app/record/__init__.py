"""The record as a list: publications with filters, what is counted of them, the career in order, and its exports; all of it from facts."""
