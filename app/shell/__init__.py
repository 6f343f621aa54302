"""What the verbs of the command line show, ask and write."""
