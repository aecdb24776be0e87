//! Fresh credentials, asked for once however many calls found the old ones over.

use super::core::Core;
use crate::host::Local;
use futures::FutureExt;
use futures::future::Shared;
use std::rc::Rc;

/// A renewal on its way.
pub(super) type Renewal = Shared<Local<'static, bool>>;

/// Whether there are fresh credentials for a call that was sent when they had that `age`.
pub(super) async fn renew(core: &Rc<Core>, age: u64) -> bool {
    if core.age.get() != age {
        return true;
    }
    let running = core.renewal.borrow().clone();
    if let Some(running) = running {
        return running.await;
    }
    let asked: Local<'static, bool> = {
        let core = Rc::clone(core);
        Box::pin(async move {
            let mut fresh = false;
            for name in &core.secret_names {
                if let Some(secret) = core.host.secrets.renew(name).await {
                    core.host.secrets.set(name, Some(secret));
                    fresh = true;
                }
            }
            if fresh {
                core.age.set(core.age.get() + 1);
            }
            fresh
        })
    };
    let renewal = asked.shared();
    *core.renewal.borrow_mut() = Some(renewal.clone());
    let fresh = renewal.await;
    *core.renewal.borrow_mut() = None;
    fresh
}
