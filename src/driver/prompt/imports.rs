//! The program's own modules, which inputs import: they are found, expanded and handed to the
//! host before the import runs.

use std::path::PathBuf;

use super::Prompt;
use crate::diagnostic::Finding;
use crate::driver::{Extent, Outcome};
use crate::host::ProgramModule;
use crate::screen::{Import, screen};

/// The dotted names of the modules that an import may load, in `package`.
fn modules(import: &Import, package: &[&str]) -> Vec<String> {
    let mut base: Vec<&str> = Vec::new();
    if import.level > 0 {
        let up = import.level as usize - 1;
        base.extend(package.iter().take(package.len().saturating_sub(up)));
    }
    base.extend(import.module.split('.').filter(|part| !part.is_empty()));
    let parents = (1..=base.len()).filter_map(|count| base.get(..count));
    let mut found: Vec<String> = parents.map(|parts| parts.join(".")).collect();
    let members = import.names.iter().filter(|name| *name != "*" && !base.is_empty());
    found.extend(members.map(|name| format!("{}.{name}", base.join("."))));
    found
}

impl Prompt<'_> {
    /// Hands the modules to the host that this code imports, and those that they import.
    ///
    /// # Errors
    /// Findings about a module that can't be expanded.
    pub(super) fn provide(&mut self, text: &str) -> Result<(), Vec<Finding>> {
        let mut waiting: Vec<String> = Vec::new();
        for import in screen(text.as_bytes()).imports {
            waiting.extend(modules(&import, &[]));
        }
        while let Some(name) = waiting.pop() {
            if self.provided.contains(&name) {
                continue;
            }
            let Some(module) = self.program_module(&name)? else { continue };
            self.provided.insert(name.clone());
            let mut package: Vec<&str> = name.split('.').collect();
            if !module.is_package {
                package.pop();
            }
            for import in screen(module.text.as_bytes()).imports {
                waiting.extend(modules(&import, &package));
            }
            // Without a prompt nobody would import it.
            let _ = self.host.add_module(&module);
        }
        Ok(())
    }

    fn program_module(&mut self, name: &str) -> Result<Option<ProgramModule>, Vec<Finding>> {
        let path = self.path.clone();
        let Some(file) = self.locate(name) else {
            let is_package = self.driver.expander.project().is_namespace(&path, name);
            let empty = || ProgramModule {
                name: name.to_owned(),
                text: String::new(),
                path: name.replace('.', "/"),
                is_package,
            };
            return Ok(is_package.then(empty));
        };
        let Outcome { output, findings, .. } = self.driver.expand_file(&file, Extent::Session);
        let Some(output) = output else { return Err(findings) };
        self.say(&findings);
        let source = self.driver.expander.project().decode(&file, &output)?;
        Ok(Some(ProgramModule {
            name: name.to_owned(),
            text: source.text().to_owned(),
            path: file.to_string_lossy().into_owned(),
            is_package: file.file_stem().is_some_and(|stem| stem == "__init__"),
        }))
    }

    /// The file of a module of the program.
    fn locate(&mut self, name: &str) -> Option<PathBuf> {
        let path = self.path.clone();
        self.driver.expander.project().locate(&path, name)
    }

    /// Whether code imports modules of the program that have to do with compile time.
    pub(super) fn imports_compile_time(&mut self, text: &str) -> bool {
        let imports = screen(text.as_bytes()).imports;
        let names: Vec<_> = imports.iter().flat_map(|import| modules(import, &[])).collect();
        names.iter().any(|name| {
            let Some(file) = self.locate(name) else { return false };
            self.driver.expander.project().is_relevant(&file)
        })
    }
}
