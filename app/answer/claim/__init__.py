"""What a sentence claims, piece by piece: its marks, quantities, dates, names, people and words, and the evidence units that may hold them."""
