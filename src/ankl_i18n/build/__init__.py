"""What to make, what is up to date, and who makes the rest; writes the build folder."""
