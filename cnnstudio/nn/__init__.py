"""The arithmetic: NumPy only, and no state of its own."""
