"""Every figure on every page, in one folder with a page to look at them all."""
