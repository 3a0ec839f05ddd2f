from .facade import m
