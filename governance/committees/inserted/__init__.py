"""Figures that an author puts into a text by their keys, in a sentence or as a table or list of their own."""
