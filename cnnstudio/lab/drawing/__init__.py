"""The sample pictures, each drawn from nothing by a few lines of arithmetic."""
