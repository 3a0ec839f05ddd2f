//! The table is in order, and has what Python has.

use super::*;

#[test]
fn rows_are_in_alphabetical_order() {
    assert!(ROWS.is_sorted_by(|a, b| a.name < b.name));
    assert!(EXCEPTIONS.is_sorted_by(|a, b| a < b));
}

#[test]
fn exceptions_are_found_and_other_names_are_not() {
    assert_eq!(builtin("KeyError").map(|b| b.kind), Some(BuiltinKind::Exception));
    assert_eq!(builtin("len").map(|b| b.time), Some(BindingTime::Known(Need::Each)));
    assert_eq!(builtin("lenn"), None);
}

#[test]
fn an_argument_takes_the_place_of_the_frame() {
    let frame = |name, usage| builtin(name).and_then(|b| b.frame(usage));
    assert_eq!(frame("vars", Usage::Bare), Some(FrameRead::Variables));
    assert_eq!(frame("vars", Usage::WithArguments), None);
    assert_eq!(frame("eval", Usage::WithArguments), Some(FrameRead::Code));
}
