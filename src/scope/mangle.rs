//! Private names: `__x` written inside `class C` means `_C__x`.
//!
//! The rule is about where a name is *written*, so it is a property of the scope: a method of `C`
//! mangles, the bases of `C` do not. The type-parameter scope of a generic class lies between: of
//! the names written there, only those of the type parameters themselves are mangled.

use std::rc::Rc;

use rustpython_ast::name::Name;

/// How the private names written in one scope are mangled.
#[derive(Clone, Debug, Default)]
pub(super) enum Mangling {
    /// Outside every class: not at all.
    #[default]
    Off,
    /// With the name of this class.
    All(Name),
    /// With the name of this class, but only these names: in the type-parameter scope of a class.
    Only(Name, Rc<[Name]>),
}

impl Mangling {
    /// The name under which the scope's table knows `name`.
    pub(super) fn apply(&self, name: &str) -> Name {
        match self {
            Mangling::All(class) => mangle(class, name),
            Mangling::Only(class, names) if names.iter().any(|own| own.as_str() == name) => {
                mangle(class, name)
            }
            Mangling::Off | Mangling::Only(..) => Name::new(name),
        }
    }
}

/// `__x` in `class _C` is `_C__x`; dunder names, dotted names and classes of underscores only are
/// left alone.
fn mangle(class: &str, name: &str) -> Name {
    let stripped = class.trim_start_matches('_');
    let private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
    if private && !stripped.is_empty() {
        Name::from(format!("_{stripped}{name}"))
    } else {
        Name::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_private_names_are_mangled() {
        let cases = [
            ("C", "__x", "_C__x"),
            ("__C", "__x", "_C__x"),
            ("__", "__x", "__x"),
            ("C", "__x__", "__x__"),
            ("C", "_x", "_x"),
            ("C", "__x_", "_C__x_"),
            ("C", "___", "___"),
        ];
        for (class, name, expected) in cases {
            assert_eq!(mangle(class, name).as_str(), expected, "{name} in {class}");
        }
    }
}
