"""Templates and catalogs: from leaflets to `.pot` to `.po`, and the project on the disk."""
