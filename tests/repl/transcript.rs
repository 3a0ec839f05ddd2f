//! Transcripts of sessions: `>>> ` and `... ` before what was typed, and what came of it below.

#![allow(dead_code, reason = "each test uses a part of it")]

/// A session as a text shows it.
pub struct Transcript {
    /// Each input with what is shown below it.
    exchanges: Vec<(Vec<String>, String)>,
}

impl Transcript {
    /// Reads a text.
    pub fn read(text: &str) -> Transcript {
        let mut exchanges: Vec<(Vec<String>, String)> = Vec::new();
        for line in text.lines() {
            match (typed(line, ">>>"), typed(line, "..."), exchanges.last_mut()) {
                (Some(code), _, _) => exchanges.push((vec![code.to_owned()], String::new())),
                (_, Some(code), Some((input, output))) if output.is_empty() => {
                    input.push(code.to_owned());
                }
                (_, _, Some((_, output))) => *output += &format!("{line}\n"),
                (_, _, None) => {}
            }
        }
        Transcript { exchanges }
    }

    /// What was typed, input by input.
    pub fn inputs(&self) -> impl Iterator<Item = String> {
        self.exchanges.iter().map(|(input, _)| input.join("\n"))
    }

    /// What is shown below each input.
    pub fn outputs(&self) -> impl Iterator<Item = String> {
        self.exchanges.iter().map(|(_, output)| output.clone())
    }

    /// The text with other outputs.
    pub fn with_outputs(&self, outputs: &[String]) -> String {
        let mut text = String::new();
        for ((input, _), output) in self.exchanges.iter().zip(outputs) {
            for (number, line) in input.iter().enumerate() {
                let sign = if number == 0 { ">>>" } else { "..." };
                text += format!("{sign} {line}").trim_end();
                text.push('\n');
            }
            text += output;
        }
        text
    }
}

fn typed<'a>(line: &'a str, sign: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(sign)?;
    rest.strip_prefix(' ').or(rest.is_empty().then_some(""))
}
