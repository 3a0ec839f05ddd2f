import first
print("between")
import second as b
print(first.m(b.m(1)))
