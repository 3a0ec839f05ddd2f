# Modules in whose place others are put.
from unittest import mock

import pkg.mod
import user


class Fake:
    @staticmethod
    def u(x):
        return "fake", x


print(user.go(), user.known(1), pkg.mod.u(1))
with mock.patch("user.lib") as patched:
    patched.u.return_value = "patched"
    print(user.go())
user.lib = Fake
print(user.go(), user.known(2))
pkg.mod = Fake
print(pkg.mod.u(2))
