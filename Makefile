# The same words as `python3 .ci/make.py WORD`, for those who have make.
.PHONY: seeds test lint docs gallery
seeds test lint docs gallery:
	python3 .ci/make.py $@
