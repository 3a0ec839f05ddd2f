//! What can be set, on the command line or in `pyproject.toml`: for all verbs that expand.
//!
//! A setting is a field here, which is its flag, and a row of [`Settings::numbers`] or
//! [`LevelFlags::lists`], which is its key in the project's file and its range.

mod levels;

mod roots;

mod environment;

mod version;

mod file;

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use self::levels::LevelFlags;
use super::console::Stop;
use super::disk::absolute;
use super::os_path;
use crate::diagnostic::Levels;
use crate::driver::{Installed, Options};
use crate::host::Limits;

/// The seconds that one piece of compile-time code may take if nothing else is said.
const SECONDS: u64 = 60;

/// The megabytes likewise.
const MEGABYTES: u64 = 2048;

/// The flags of every verb that runs compile-time code; what isn't given is none.
#[derive(Args, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Find modules below this folder too (may be given several times)
    #[arg(long = "root", value_name = "DIR")]
    #[serde(with = "os_path::list")]
    pub roots: Vec<PathBuf>,
    /// Open this installed package to compile-time code, or `*`, all (may be given several times)
    #[arg(long = "package", value_name = "NAME")]
    pub packages: Vec<String>,
    /// The interpreter whose packages those are [default: that of $VIRTUAL_ENV]
    #[arg(long, value_name = "PATH")]
    #[serde(with = "os_path::optional")]
    pub python: Option<PathBuf>,
    /// The Python that the output is for, such as 3.12
    #[arg(long, value_name = "VERSION")]
    pub target_version: Option<String>,
    /// The greatest width of a printed line [default: 88]
    #[arg(long, value_name = "N")]
    pub width: Option<u64>,
    /// How many loop rounds and calls of functions one expansion may take [default: 10000000]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_steps: Option<u64>,
    /// How deep compile-time code may recurse [default: 20000]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_recursion: Option<u64>,
    /// How many rounds a loop may be unrolled to [default: 10000]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_rounds: Option<u64>,
    /// How many megabytes an expanded file may have [default: 32]
    #[arg(long, value_name = "MB", help_heading = "Limits")]
    pub max_output: Option<u64>,
    #[command(flatten)]
    pub levels: LevelFlags,
    /// The limits of workers: flags only of verbs that have some, and settings of every project.
    #[arg(skip)]
    pub workers: WorkerLimits,
    /// The folder of the project, which findings see paths from.
    #[arg(skip)]
    #[serde(with = "os_path")]
    base: PathBuf,
    /// The folder of an environment, which the project names.
    #[arg(skip)]
    #[serde(with = "os_path::optional")]
    environment: Option<PathBuf>,
    /// The folders in which installed packages are.
    #[arg(skip)]
    #[serde(with = "os_path::list")]
    installed: Vec<PathBuf>,
    /// What the project says of levels; the flags go first.
    #[arg(skip)]
    project_levels: LevelFlags,
}

/// The flags of verbs that leave expanding to workers: these limits are kept by ending one.
#[derive(Args, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct WorkerLimits {
    /// How many seconds one expansion may take [default: 60]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_seconds: Option<u64>,
    /// How many megabytes of memory one expansion may take [default: 2048]
    #[arg(long, value_name = "MB", help_heading = "Limits")]
    pub max_memory: Option<u64>,
}

/// A setting that is a number.
struct Number<'a> {
    name: &'static str,
    /// What it can be.
    range: RangeInclusive<u64>,
    value: &'a mut Option<u64>,
}

impl Settings {
    /// These settings, and those of the inputs' project where they say nothing.
    ///
    /// # Errors
    /// When a setting makes no sense.
    pub(crate) fn with_project(
        mut self,
        workers: WorkerLimits,
        inputs: &[PathBuf],
    ) -> Result<Settings, Stop> {
        self.workers = workers;
        let mut project = file::of_project(inputs)?;
        self.roots.append(&mut project.roots);
        self.base = std::mem::take(&mut project.base);
        self.project_levels = std::mem::take(&mut project.levels);
        self.packages.append(&mut project.packages);
        self.target_version = self.target_version.or(project.target_version.take());
        if let Some(text) = &self.target_version {
            version::named(text).map_err(Stop::Usage)?;
        }
        let environment = project.environment.as_deref();
        self.installed = environment::folders(self.python.as_deref(), environment)?;
        for (own, others) in self.numbers().into_iter().zip(project.numbers()) {
            *own.value = own.value.or(*others.value);
            let Number { name, range, value } = own;
            if let Some(value) = value.filter(|value| !range.contains(value)) {
                let (least, most) = (range.start(), range.end());
                let message = format!("{name} {value}: it can be from {least} to {most}");
                return Err(Stop::Usage(message));
            }
        }
        match self.roots.iter().find(|root| !root.is_dir()) {
            Some(root) => {
                let message = format!("root {}: there is no such folder", root.display());
                Err(Stop::Usage(message))
            }
            None => {
                self.roots = self.roots.iter().map(|root| absolute(root)).collect();
                Ok(self)
            }
        }
    }

    /// The settings that are numbers.
    fn numbers(&mut self) -> Vec<Number<'_>> {
        let number = |name, range, value| Number { name, range, value };
        vec![
            number("width", 1..=10_000, &mut self.width),
            number("max-steps", 0..=u64::MAX, &mut self.max_steps),
            number("max-seconds", 1..=1_000_000, &mut self.workers.max_seconds),
            number("max-recursion", 100..=1_000_000, &mut self.max_recursion),
            number("max-memory", 64..=1_000_000, &mut self.workers.max_memory),
            number("max-rounds", 1..=10_000_000, &mut self.max_rounds),
            number("max-output", 1..=1024, &mut self.max_output),
        ]
    }

    /// What the driver is to do.
    ///
    /// # Errors
    /// When there is no such code as a level is given to.
    pub(crate) fn options(&self) -> Result<Options, Stop> {
        let (default, limits) = (Options::default(), Limits::default());
        let size = |given: Option<u64>, default: usize| {
            given.map_or(default, |given| usize::try_from(given).unwrap_or(usize::MAX))
        };
        let limits = Limits {
            steps: self.max_steps.unwrap_or(limits.steps),
            recursion: size(self.max_recursion, limits.recursion),
            rounds: size(self.max_rounds, limits.rounds),
            output: size(self.max_output, limits.output),
        };
        let mut levels = Levels::default();
        self.project_levels.set(&mut levels)?;
        self.levels.set(&mut levels)?;
        let width = size(self.width, default.width);
        let (roots, base) = (self.roots.clone(), self.base.clone());
        let packages = self.packages.iter().cloned().collect();
        let installed = Installed { folders: self.installed.clone(), packages };
        let target = self.target_version.as_deref().and_then(|text| version::named(text).ok());
        Ok(Options { roots, installed, base, width, limits, target, levels, ..default })
    }

    /// The seconds that one piece of compile-time code may take.
    pub(crate) fn seconds(&self) -> u64 {
        self.workers.max_seconds.unwrap_or(SECONDS)
    }

    /// The megabytes that it may take.
    pub(crate) fn megabytes(&self) -> u64 {
        self.workers.max_memory.unwrap_or(MEGABYTES)
    }
}
