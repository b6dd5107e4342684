"""The first files of a project, and new languages in its settings."""
