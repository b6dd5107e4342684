"""Forms that people fill in: tables as spreadsheets, documents, or pages that save a file."""
