"""Criteria of lymphoma: Lugano 2014 by CT and by PET, and LYRIC."""
