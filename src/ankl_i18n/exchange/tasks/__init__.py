"""What people are asked in a review: what goes out to them, and what comes back as an act."""
