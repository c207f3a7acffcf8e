"""What is done to several applications of an opening at once: all of it, or none."""
