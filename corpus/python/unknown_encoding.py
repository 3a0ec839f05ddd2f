# An encoding that nobody knows, in a file that needs no reading.
# -*- coding: klingon -*-
x = "ÿ"
