"""A table of users."""
import sqlite3
from queries import sql


def users(db, name, oldest):
    return db.execute(*sql(f"""
        select id, name
        from user
        where name like {name + "%"} and age <= {oldest}
    """)).fetchall()


def add(db, *rows):
    for id, name, age in rows:
        db.execute(*sql(f"insert into user values ({id}, {name}, {age})"))
    return db.execute(*sql("select count(*) from user")).fetchone()[0]


db = sqlite3.connect(":memory:")
db.execute("create table user (id integer, name text, age integer)")
print(add(db, (1, "Ada", 36), (2, "Alan", 41), (3, "Grace; drop table user", 85)))
print(users(db, "A", 40), users(db, "", 99))
query, params = sql(f"delete from user where id = {max(1, 2)}")
print(query, params)
