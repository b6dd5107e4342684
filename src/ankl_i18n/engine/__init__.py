"""What is kept between runs, and who does the work."""
