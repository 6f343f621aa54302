"""What plain text says by its layout: pages, headings, bullets, columns, and lines that wrap."""
