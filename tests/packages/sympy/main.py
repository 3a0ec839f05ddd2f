from derive import deriv


def slope(x, a):
    return deriv((x + a) ** 3 + 2 * x, x)


print(slope(2, 1))
