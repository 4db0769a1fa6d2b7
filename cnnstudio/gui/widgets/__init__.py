"""Widgets any workspace can use; they take plain values and know no document."""
