"""Imports of modules below others."""
import os
import os.path
import xml.dom.minidom as dom
from cython.meta import macro
import pkg
import pkg.impl


@macro
def base(x):
    return os.path.basename(x)


@macro
def parse(x):
    return dom.parseString(x).documentElement.tagName


@macro
def named(x):
    return pkg.impl.helper(x), pkg.NAME


@macro
def inner(x):
    return pkg.impl.m(x)
