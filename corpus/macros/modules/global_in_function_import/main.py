def setup():
    global m
    from lib import m
setup()
print(m(1))
