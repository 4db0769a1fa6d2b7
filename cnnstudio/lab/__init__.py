"""What is on the bench: the values a learner works with, free of any window."""
