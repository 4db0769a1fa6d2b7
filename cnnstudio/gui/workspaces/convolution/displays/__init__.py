"""What the colours of maps mean, and what lies outside the range of a picture."""
