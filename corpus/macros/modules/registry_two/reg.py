names = []
def register(f):
    names.append(f.__name__)
    return f
