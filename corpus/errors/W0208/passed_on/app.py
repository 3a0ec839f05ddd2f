"""Macros come by way of modules that only pass them on."""
from box import double, half
from cython.meta import uneval
from extended import quarter, called

print(double(4), quarter(4), called(8))
