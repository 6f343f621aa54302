"""A question becomes evidence and an answer with citations; the doors through which people ask are here too."""
