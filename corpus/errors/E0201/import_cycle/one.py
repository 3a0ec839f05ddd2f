from two import B

A = B + 1
