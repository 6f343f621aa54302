"""Attacks on the assistant as data, and what must never come of one."""
