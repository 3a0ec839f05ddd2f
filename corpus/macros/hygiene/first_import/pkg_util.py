from uneval.meta import macro

print("util runs")


def log(x):
    print("log", x)


@macro
def trace(x):
    log(x)
