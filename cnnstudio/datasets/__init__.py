"""Where pictures and training examples come from."""
