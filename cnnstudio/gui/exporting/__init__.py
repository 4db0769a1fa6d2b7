"""What leaves the program: pictures, numbers and steps, painted and encoded off the window."""
