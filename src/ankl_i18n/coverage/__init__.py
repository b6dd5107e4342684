"""How much is translated, and what may be published."""
