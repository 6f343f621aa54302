"""The agent's door (Model Context Protocol): six tools that read, over standard input and output or over HTTP."""
