print("util")
def u(x): return ("u", x)
