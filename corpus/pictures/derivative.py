3*x*x + sin(34)
