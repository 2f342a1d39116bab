# The same words as `python3 .ci/make.py WORD`, for those who have make.
.PHONY: seeds test lint
seeds test lint:
	python3 .ci/make.py $@
