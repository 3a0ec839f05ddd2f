"""Where dropping is right."""
from tools import name_of, text_of


def shown(rows):
    print(name_of(rows.pop()))  # uneval: ignore[W0309]
    print(name_of(rows.pop()))  # uneval: ignore
    print(name_of(rows.pop()))  # uneval: ignore[W0310]
    print(text_of(rows.pop()))
    print(  # uneval: ignore[W0309]
        name_of(rows.pop()),
        name_of(
            rows.pop()
        ),
    )
    print(
        name_of(rows.pop()),
        name_of(rows.pop()),  # uneval: ignore[W0309]
        "# uneval: ignore", name_of(rows.pop()),
    )
