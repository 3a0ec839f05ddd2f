# A byte order mark and CRLF.
x = 1
