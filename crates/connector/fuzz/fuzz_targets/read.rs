//! Reading any text as a connector file: no panic, and every mistake stands inside the file.
#![no_main]

use bandeja_connector::plan::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Err(mistakes) = read("fuzz.json", text) else { return };
    assert!(!mistakes.0.is_empty(), "refused without a reason");
    let lines = u32::try_from(text.split('\n').count()).unwrap_or(u32::MAX);
    for mistake in &mistakes.0 {
        assert!((1..=lines).contains(&mistake.place.line), "a place outside of the file: {mistake}");
    }
});
