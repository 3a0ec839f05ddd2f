from unittest import mock
from lib import m
with mock.patch("lib.h", lambda x: "mocked"):
    print(m(2))
