"""From localized documents to pages."""
