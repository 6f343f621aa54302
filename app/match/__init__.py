"""The recruiter's desk: what a job description asks for, and what a record states of it; never a verdict on the person."""
