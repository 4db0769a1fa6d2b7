"""Out of the program: pictures, numbers, steps, code, whole folders."""
