"""Every figure on every paper, in one folder with a page to look at them all."""
