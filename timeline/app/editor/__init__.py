"""The pages of ``timeline app``: the files of a folder, and the editor of one of them."""
