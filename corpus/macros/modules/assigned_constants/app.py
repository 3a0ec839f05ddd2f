# What another file assigns to a constant of compile time is what macros of a third one read.
import conf
from uses import limit, logged

print(limit(), logged(1))
conf.LIMIT = 50
conf.DEBUG = True
print(limit(), logged(2))
