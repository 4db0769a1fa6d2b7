"""A village by a mountain lake, from the snow on the peaks to the pebbles in the water."""
