//! Where the app is cut. Fetching a part fails like any other call, and can be tried again.

use super::{Rest, ThreadPart};

/// A part could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotFetched;

#[cfg(feature = "split")]
pub(super) use split::{rest, thread};

#[cfg(feature = "split")]
mod split {
    #![allow(
        unsafe_code,
        reason = "the cut is a pair of an import and an export, which only unsafe code can name"
    )]
    #![allow(
        clippy::unnecessary_wraps,
        reason = "what fails is fetching, which the macro puts before the function"
    )]

    use super::{NotFetched, Rest, ThreadPart};
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    impl From<SplitLoaderError> for NotFetched {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split(thread, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub(in crate::parts) fn thread() -> Result<ThreadPart, NotFetched> {
        Ok(ThreadPart::new())
    }

    #[wasm_split(rest, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub(in crate::parts) fn rest() -> Result<Rest, NotFetched> {
        Ok(Rest::new())
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "the same as where the parts have to be fetched")]
pub(super) async fn thread() -> Result<ThreadPart, NotFetched> {
    Ok(ThreadPart::new())
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "the same as where the parts have to be fetched")]
pub(super) async fn rest() -> Result<Rest, NotFetched> {
    Ok(Rest::new())
}
