"""Questions in other languages than English: whose words they are and what they mean."""
