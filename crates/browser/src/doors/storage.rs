//! `localStorage`, which may be full, forbidden or gone.

use bandeja_client::traits::{Storage, StorageError};
use leptos::prelude::window;

/// The browser's storage of this origin.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalStorage;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

impl Storage for LocalStorage {
    fn get(&self, key: &str) -> Option<String> {
        storage()?.get_item(key).ok().flatten()
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let stored = storage().ok_or(StorageError::Full)?.set_item(key, value);
        stored.map_err(|_| StorageError::Full)
    }

    fn remove(&self, key: &str) {
        if let Some(storage) = storage() {
            // What cannot be removed is not there.
            let _ = storage.remove_item(key);
        }
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        let Some(storage) = storage() else { return Vec::new() };
        let all = (0..storage.length().unwrap_or(0)).filter_map(|place| storage.key(place).ok().flatten());
        all.filter(|key| key.starts_with(prefix)).collect()
    }
}
