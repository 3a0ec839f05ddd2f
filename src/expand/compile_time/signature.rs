//! How the arguments of a call bind.

use rustpython_ast::StmtFunctionDef;

use crate::codenode::Name;
use crate::host::MacroInfo;

/// How the arguments of a call bind to the parameters of `def`.
pub(crate) fn signature(def: &StmtFunctionDef, unevaled: Vec<Name>) -> MacroInfo {
    let parameters = &def.parameters;
    let names = |list: &[rustpython_ast::ParameterWithDefault]| -> Vec<Name> {
        list.iter().map(|p| p.name().as_str().into()).collect()
    };
    let rest = |p: &Option<Box<rustpython_ast::Parameter>>| -> Option<Name> {
        p.as_ref().map(|p| p.name.as_str().into())
    };
    MacroInfo {
        name: def.name.as_str().into(),
        positional: [names(&parameters.posonlyargs), names(&parameters.args)].concat(),
        keyword_only: names(&parameters.kwonlyargs),
        vararg: rest(&parameters.vararg),
        kwarg: rest(&parameters.kwarg),
        unevaled,
    }
}
