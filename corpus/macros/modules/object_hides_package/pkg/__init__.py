from .sub.base import Tool

sub = Tool()
