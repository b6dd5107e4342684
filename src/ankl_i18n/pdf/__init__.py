"""From pages to PDFs."""
