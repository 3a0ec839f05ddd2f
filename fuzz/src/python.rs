//! Python as a file, and its syntax tree printed. A fuzzer starts with the corpus and changes it
//! by [`mutate`](super::mutation::mutate).

use uneval::Source;

use super::law::{self, Fate};
use super::printing;

/// Holds the laws against a file of these bytes.
pub fn run(data: &[u8]) -> Fate {
    if let Err(broken) = law::with_large_stack(|| prints(data)) {
        panic!("{broken}\n--- file\n{}", String::from_utf8_lossy(data));
    }
    let program = vec![("app.py".to_owned(), data.to_vec())];
    law::fate(&program, &law::expand(&program))
}

/// Runs what was kept.
pub fn again(kept: &[u8]) -> Fate {
    run(kept)
}

/// What the printer makes of the file is read back as it was.
fn prints(data: &[u8]) -> Result<(), String> {
    let Ok(source) = Source::decode("file", data) else { return Ok(()) };
    let Ok(tree) = printing::tree(source.text()) else { return Ok(()) };
    // Where lines end in several ways, what is kept of the layout isn't stable at the first print.
    if !has_several_line_endings(source.text()) {
        let spelled = printing::check(&tree, source.newline(), |node| node);
        spelled.map_err(|why| format!("as spelled: {why}"))?;
    }
    let bare = tree.without_spelling();
    let forgotten = printing::check(&bare, "\n", |node| node.without_spelling());
    forgotten.map_err(|why| format!("spelling forgotten: {why}"))?;
    printing::check_spelled_again(&bare)
}

fn has_several_line_endings(text: &str) -> bool {
    let both = text.matches("\r\n").count();
    let (carriages, feeds) = (text.matches('\r').count() - both, text.matches('\n').count() - both);
    [both, carriages, feeds].iter().filter(|count| **count > 0).count() > 1
}
