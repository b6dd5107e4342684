"""From localized documents to pages and PDFs."""
