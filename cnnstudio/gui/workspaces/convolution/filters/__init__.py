"""The library: picker, own filters, and the seven of the article as one strip."""
