"""CRC-32, its table made at compile time."""
import zlib

from cython.meta import macro, comptime


@comptime
def table_entry(n, polynomial=0xEDB88320):
    for _ in range(8):
        n = n >> 1 ^ polynomial if n & 1 else n >> 1
    return n


CRC_TABLE = comptime(tuple(table_entry(n) for n in range(256)))


def update(crc, data):
    crc ^= 0xFFFFFFFF
    for byte in data:
        crc = CRC_TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


@macro
def crc_table():
    return CRC_TABLE[:4]


@macro
def crc32(data):
    """Of a constant the checksum itself, of another value a call that finds it."""
    return update(0, data)


def agrees(data):
    return update(0, data) == zlib.crc32(data)
