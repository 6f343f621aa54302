"""CVs and person records: each format a small mapping onto sections and entries."""
