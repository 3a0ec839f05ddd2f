# Functions that are replaced from outside are called; the others are worked out.
from unittest import mock
import shop
from shop import prices
from shop.prices import named, total

def show(x):
    print(total(x), prices.doubled(x), prices.halved(x), prices.net(x), named(x))
    print(shop.doubled(x), shop.halved(x), shop.net(x))

show(4)
with mock.patch("shop.prices.doubled", lambda x: 0):
    show(4)
with mock.patch.object(prices, "halved", lambda x: 0):
    show(4)
shop.net = lambda x: 0
show(4)
