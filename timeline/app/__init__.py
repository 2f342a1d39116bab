"""The pages in a browser on one's own machine: a live preview, and the editor beside it.

The pages hold no rule of the field: they show what the functions behind the commands give. NiceGUI
is imported only by ``server`` and the pages; all else here is plain Python.
"""
