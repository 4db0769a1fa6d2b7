"""Kernel tools: change it, make one, understand it; the tab, and its commands."""
