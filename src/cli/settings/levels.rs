//! Which warnings are shown, and which are errors, as flags and settings say it.

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::cli::console::Stop;
use crate::diagnostic::{Level, Levels, Selector};

/// Codes, or `warnings`, by the level they get.
#[derive(Args, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct LevelFlags {
    /// Don't show findings with this code; `warnings` stands for all warnings
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "Warnings")]
    pub allow: Vec<String>,
    /// Show them as what they are
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "Warnings")]
    pub warn: Vec<String>,
    /// Take them for errors
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "Warnings")]
    pub deny: Vec<String>,
}

impl LevelFlags {
    /// The lists by their names.
    pub(crate) fn lists(&mut self) -> [(&'static str, &mut Vec<String>); 3] {
        [("allow", &mut self.allow), ("warn", &mut self.warn), ("deny", &mut self.deny)]
    }

    /// Gives their levels to the codes. One that is in several lists gets the worst.
    ///
    /// # Errors
    /// When there is no such code, or it is an error's.
    pub(crate) fn set(&self, levels: &mut Levels) -> Result<(), Stop> {
        let lists =
            [(&self.allow, Level::Allow), (&self.warn, Level::Warn), (&self.deny, Level::Deny)];
        for (selectors, level) in lists {
            for text in selectors {
                let selector: Selector =
                    text.trim().parse().map_err(|why| Stop::Usage(format!("{why}")))?;
                levels.set(selector, level);
            }
        }
        Ok(())
    }
}
