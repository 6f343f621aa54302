"""What a language model is asked and what becomes of its words; the model itself is known only to ``app.answer.model``."""
