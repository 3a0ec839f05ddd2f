from conf import L
import conf
L.append(3)
print(L, conf.L, L is conf.L)
