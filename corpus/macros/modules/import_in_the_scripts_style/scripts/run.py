import common
from first import m
print(m(common.m(1)))
