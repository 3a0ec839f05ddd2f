//! Law: the output parses, and nothing in it is of compile time.

use rustpython_ast::visitor::{Visitor, walk_stmt};
use rustpython_ast::{Decorator, Expr, Stmt};
use rustpython_parser::parse_module;
use uneval::Source;

/// What is wrong with an output, in words.
pub fn of(output: &[u8]) -> Vec<String> {
    let source = match Source::decode("output", output) {
        Ok(source) => source,
        Err(error) => return vec![format!("the output can't be decoded: {}", error.message)],
    };
    let module = match parse_module(source.text()) {
        Ok(parsed) => parsed.into_syntax(),
        Err(error) => return vec![format!("the output doesn't parse: {error}")],
    };
    let mut residue = Residue::default();
    module.body.iter().for_each(|stmt| residue.visit_stmt(stmt));
    residue.found
}

const DECORATORS: [&str; 3] = ["macro", "unroll", "comptime"];

#[derive(Default)]
struct Residue {
    /// Names that the file itself gives another meaning.
    own: Vec<String>,
    found: Vec<String>,
}

impl Residue {
    fn imported(&mut self, module: &str, name: &str, bound: &str) {
        let is_meta = matches!(module, "cython.meta" | "uneval.meta" | "uneval")
            || module == "cython" && (name == "meta" || DECORATORS.contains(&name));
        if is_meta {
            self.found.push(format!("the output imports {name} from {module}"));
        } else {
            self.own.push(bound.to_owned());
        }
    }

    /// Whether the decorator starts with a name that the file gives a meaning of its own.
    fn is_own(&self, decorator: &Expr) -> bool {
        match decorator {
            Expr::Name(name) => self.own.iter().any(|own| *own == name.id),
            Expr::Attribute(attribute) => self.is_own(&attribute.value),
            _ => false,
        }
    }

    fn decorators(&mut self, decorators: &[Decorator]) {
        for decorator in decorators {
            let name = match &decorator.expression {
                own if self.is_own(own) => continue,
                Expr::Name(name) => &name.id,
                Expr::Attribute(attribute) => &attribute.attr.id,
                _ => continue,
            };
            if DECORATORS.contains(&&**name) {
                self.found.push(format!("the output has a decorator @{name}"));
            }
        }
    }
}

impl<'a> Visitor<'a> for Residue {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Import(import) => {
                for alias in &import.names {
                    if matches!(&*alias.name, "cython.meta" | "uneval.meta" | "uneval") {
                        self.found.push(format!("the output imports {}", alias.name));
                    }
                }
            }
            Stmt::ImportFrom(import) if import.level == 0 => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                for alias in &import.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.imported(module, alias.name.as_str(), bound.as_str());
                }
            }
            Stmt::FunctionDef(def) => {
                self.decorators(&def.decorator_list);
                self.own.push(def.name.to_string());
            }
            Stmt::ClassDef(class) => {
                self.decorators(&class.decorator_list);
                self.own.push(class.name.to_string());
            }
            _ => {}
        }
        walk_stmt(self, stmt);
    }
}
