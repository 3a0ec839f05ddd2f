//! The names of the functions that the output defines for calls of `@unroll` functions with known
//! arguments.

use super::Hygiene;
use crate::codenode::Name;
use crate::expand::call_site::CallSite;
use crate::expand::fresh_names::fresh_global;
use crate::expand::output::WantedFunction;

/// The name of the function with this number. One that has none yet gets one, and is defined later.
pub(crate) fn specialised_name(
    cx: &mut Hygiene<'_, '_>,
    site: CallSite<'_>,
    number: u32,
) -> Option<Name> {
    if let Some((_, name)) = cx.output.definitions.names.iter().find(|(known, _)| *known == number)
    {
        return Some(name.clone());
    }
    let function = cx.compile_time.host.as_ref()?.specialised(number)?;
    let name = fresh_global(cx.output, site.module, &function.name);
    cx.output.definitions.names.push((number, name.clone()));
    let CallSite { range, callee, binding, round, left, .. } = site;
    let wanted = WantedFunction { number, name: name.clone(), range, callee, binding, round, left };
    cx.output.definitions.wanted.push(wanted);
    Some(name)
}
