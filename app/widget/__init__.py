"""The chat for other people's pages: its one file, the page that shows it in a frame, and the line to paste."""
