"""A box of macros: checks, checksums, units and text."""
from .checks import check, trace
from .checksums import crc32, crc_table
from .text import fill, words
from .units import convert
