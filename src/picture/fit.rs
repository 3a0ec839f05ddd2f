//! Texts fitted into room: how wide they are, and what of them is left out.

/// How many columns of a terminal the character takes: none for marks that combine, two for wide
/// ones (East Asian ones and pictures), one for all others.
fn columns_of(c: char) -> usize {
    match c as u32 {
        0x0300..0x0370 | 0x200b..0x2010 | 0xfe00..0xfe10 => 0,
        0x1100..0x1160
        | 0x2e80..0x303f
        | 0x3041..0xa4d0
        | 0xac00..0xd7a4
        | 0xf900..0xfb00
        | 0xfe30..0xfe70
        | 0xff00..0xff61
        | 0xffe0..0xffe7
        | 0x1f300..0x1f650
        | 0x1f680..0x1f700
        | 0x1f900..0x1fa00
        | 0x20000..0x3fffe => 2,
        _ => 1,
    }
}

/// How many columns the text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// The text in at most `most` columns: of a longer one the middle is left out.
pub(super) fn elided(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(1);
    // What comes first tells more.
    let end = taken(text.chars().rev(), room / 3);
    let end: String = end.chars().rev().collect();
    format!("{}…{end}", taken(text.chars(), room - columns(&end)))
}

/// As many of the characters as fit into `room` columns.
fn taken(chars: impl Iterator<Item = char>, room: usize) -> String {
    let mut left = room;
    let fits = |c: &char| {
        let columns = columns_of(*c);
        let fits = columns <= left;
        left = left.saturating_sub(columns);
        fits
    };
    chars.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_left_out() {
        assert_eq!(elided("short", 5), "short");
        assert_eq!(elided("abcdefghijklmno", 10), "abcdef…mno");
        assert_eq!(elided("abc", 1), "…");
        assert_eq!(columns("日本語"), 6);
        for most in 1..12 {
            assert!(columns(&elided("日本語日本語日本語", most)) <= most);
        }
    }
}
