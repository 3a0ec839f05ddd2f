from m import use, LIMIT
print(use(3), LIMIT)
