"""The numbers that are printed of survival curves, and the sentences about them."""
