"""Job descriptions with every requirement labelled by hand, and how often the desk is right about them."""
