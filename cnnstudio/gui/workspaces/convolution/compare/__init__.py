"""A and B: two kernels on one picture."""
