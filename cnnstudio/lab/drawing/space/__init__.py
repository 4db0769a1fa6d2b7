"""Solid things in a space with a sun and a sky, and the camera that looks at them."""
