"""Sources on disk become documents, facts and passages, and those an index. Nothing here knows of questions."""
