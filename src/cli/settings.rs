//! What can be set, on the command line or in `pyproject.toml`: for all verbs that expand.

mod levels;

mod file;

use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use self::levels::LevelFlags;
use super::console::Stop;
use super::os_path;
use crate::diagnostic::Levels;
use crate::driver::Options;
use crate::host::Limits;

/// The seconds that one piece of compile-time code may take if nothing else is said.
const SECONDS: u64 = 60;

/// The megabytes likewise.
const MEGABYTES: u64 = 2048;

/// The flags; what isn't given is none. Workers are told them as they are.
#[derive(Args, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Find modules below this folder too (may be given several times)
    #[arg(long = "root", value_name = "DIR")]
    #[serde(with = "os_path::list")]
    pub roots: Vec<PathBuf>,
    /// The greatest width of a printed line [default: 88]
    #[arg(long, value_name = "N")]
    pub width: Option<u64>,
    /// How many loop rounds and calls of functions one expansion may take [default: 10000000]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_steps: Option<u64>,
    /// How many seconds one expansion may take [default: 60]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_seconds: Option<u64>,
    /// How deep compile-time code may recurse [default: 20000]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_recursion: Option<u64>,
    /// How many megabytes of memory one expansion may take [default: 2048]
    #[arg(long, value_name = "MB", help_heading = "Limits")]
    pub max_memory: Option<u64>,
    /// How many rounds a loop may be unrolled to [default: 10000]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_rounds: Option<u64>,
    /// How many megabytes an expanded file may have [default: 32]
    #[arg(long, value_name = "MB", help_heading = "Limits")]
    pub max_output: Option<u64>,
    #[command(flatten)]
    pub levels: LevelFlags,
    /// What the project says of levels; the flags go first.
    #[arg(skip)]
    project_levels: LevelFlags,
}

impl Settings {
    /// These settings, and those of the inputs' project where they say nothing.
    ///
    /// # Errors
    /// When a setting of the project makes no sense.
    pub fn with_project(mut self, inputs: &[PathBuf]) -> Result<Settings, Stop> {
        let mut project = file::of_project(inputs)?;
        self.roots.append(&mut project.roots);
        self.project_levels = std::mem::take(&mut project.levels);
        for ((_, own), (_, others)) in self.numbers().into_iter().zip(project.numbers()) {
            *own = own.or(*others);
        }
        Ok(self)
    }

    /// The settings that are numbers, by their names.
    fn numbers(&mut self) -> [(&'static str, &mut Option<u64>); 7] {
        [
            ("width", &mut self.width),
            ("max-steps", &mut self.max_steps),
            ("max-seconds", &mut self.max_seconds),
            ("max-recursion", &mut self.max_recursion),
            ("max-memory", &mut self.max_memory),
            ("max-rounds", &mut self.max_rounds),
            ("max-output", &mut self.max_output),
        ]
    }

    /// What the driver is to do.
    ///
    /// # Errors
    /// When a setting is out of its range.
    pub fn options(&self) -> Result<Options, Stop> {
        if let Some(root) = self.roots.iter().find(|root| !root.is_dir()) {
            return Err(Stop::Usage(format!("root {}: there is no such folder", root.display())));
        }
        let (default, limits) = (Options::default(), Limits::default());
        let limits = Limits {
            steps: self.max_steps.unwrap_or(limits.steps),
            recursion: within(
                "max-recursion",
                self.max_recursion,
                limits.recursion,
                100..=1_000_000,
            )?,
            rounds: within("max-rounds", self.max_rounds, limits.rounds, 1..=10_000_000)?,
            output: within("max-output", self.max_output, limits.output, 1..=1024)?,
        };
        within("max-seconds", self.max_seconds, 1, 1..=1_000_000)?;
        within("max-memory", self.max_memory, 1, 64..=1_000_000)?;
        let width = within("width", self.width, default.width, 1..=10_000)?;
        let mut levels = Levels::default();
        self.project_levels.set(&mut levels)?;
        self.levels.set(&mut levels)?;
        Ok(Options { roots: self.roots.clone(), width, limits, levels, ..default })
    }

    /// The seconds that one piece of compile-time code may take.
    pub fn seconds(&self) -> u64 {
        self.max_seconds.unwrap_or(SECONDS)
    }

    /// The megabytes that it may take.
    pub fn megabytes(&self) -> u64 {
        self.max_memory.unwrap_or(MEGABYTES)
    }
}

fn within(
    name: &str,
    given: Option<u64>,
    default: usize,
    range: std::ops::RangeInclusive<u64>,
) -> Result<usize, Stop> {
    let Some(value) = given else { return Ok(default) };
    match usize::try_from(value) {
        Ok(fitting) if range.contains(&value) => Ok(fitting),
        _ => {
            let (least, most) = (range.start(), range.end());
            Err(Stop::Usage(format!("{name} {value}: it can be from {least} to {most}")))
        }
    }
}
