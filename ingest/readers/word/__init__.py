"""The insides of a Word file (Office Open XML, ECMA-376): its package, what its styles look like, and its text."""
