"""From the words of a question to what is to be looked up: names, filters, follow-ups, the plan."""
