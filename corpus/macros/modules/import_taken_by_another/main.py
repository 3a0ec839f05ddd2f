from data import aid, al
print(aid(1), al.plain(2))
