"""Numbers under the magnifying glass: histograms, a line profile, an inspector."""
