"""Is everything there that the pipeline needs? What is missing, and how to get it."""
