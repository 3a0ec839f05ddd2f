from one import A

B = A + 1
