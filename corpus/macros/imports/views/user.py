import tables


def total():
    return tables.plain(1)
