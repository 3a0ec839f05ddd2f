//! `uneval explain`: the page of a code.

use std::fmt::Write;

use clap::Args;

use super::console::{Console, Status, Stop};
use crate::diagnostic::Code;
use crate::diagnostic::spelling::question;

/// Explain a code of a finding
#[derive(Args)]
pub(crate) struct Explain {
    /// A code such as E0301; without one, all codes are listed
    code: Option<String>,
}

impl Explain {
    /// Prints the page, or the list of codes.
    pub(crate) fn run(self, console: &Console) -> Result<Status, Stop> {
        match self.code {
            Some(id) => {
                let code: Code = id.parse().map_err(|_| Stop::Usage(unknown(&id)))?;
                console.print(code.page().as_bytes())?;
            }
            None => console.print(list().as_bytes())?,
        }
        Ok(Status::Success)
    }
}

fn list() -> String {
    Code::ALL.iter().fold(String::new(), |mut list, code| {
        // Writing to a string can't fail.
        let _ = writeln!(list, "{code}  {}", code.title());
        list
    })
}

fn unknown(id: &str) -> String {
    match question(id, Code::ALL.iter().map(|code| code.id())) {
        Some(question) => format!("there is no code {id}; {question}"),
        None => format!("there is no code {id}; `uneval explain` lists all codes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_gets_the_nearest() {
        assert_eq!(unknown("e301"), "there is no code e301; did you mean `E0301`?");
        assert_eq!(unknown("E031"), "there is no code E031; did you mean `E0301`?");
        assert_eq!(unknown("E0321"), "there is no code E0321; did you mean `E0301`?");
        assert_eq!(unknown("what"), "there is no code what; `uneval explain` lists all codes");
    }
}
