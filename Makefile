# The same words as `python3 .ci/make.py WORD`, for those who have make.
.PHONY: seeds test lint gallery
seeds test lint gallery:
	python3 .ci/make.py $@
