def m(x): return ("b", x)
