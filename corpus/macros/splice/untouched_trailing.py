# Odd blanks, tabs and trailing spaces outside of calls stay.   
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f( a ):   
    x   =   twice( a )   ;   y=[ 1,2 , twice(  a  ) ,3 ]   # c   
    
	
    return   x,y   


   
