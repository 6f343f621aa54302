"""What a browser does with a saved page before a person sees it: decoding, styles, and telling the page from its furniture."""
