"""A market stall in the morning sun, thing by thing."""
