//! The demo server as a child: its arguments, its database file, and when it answers.

use std::{
    fs,
    io::{ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    exec::Exec,
    project::Project,
    supervise::{Group, Stop},
};

/// The database that the demo keeps when none is named.
pub(crate) const DEFAULT_DATABASE: &str = "sqlite:data/bandeja.db";

/// The demo's people, as the server seeds them.
const SIGN_INS: [(&str, &str); 4] = [
    ("ana@demo.test", "agent"),
    ("beto@demo.test", "agent"),
    ("admin@demo.test", "admin"),
    ("super@demo.test", "super admin"),
];
const PASSWORD: &str = "bandeja-demo";

/// How a demo server is started.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Demo {
    pub(crate) port: u16,
    /// A database URL; `None` is [`DEFAULT_DATABASE`].
    pub(crate) database: Option<String>,
    pub(crate) conversations: u32,
}

impl Demo {
    pub(crate) fn database(&self) -> &str {
        self.database.as_deref().unwrap_or(DEFAULT_DATABASE)
    }

    /// The server's command, offering what stands in `dist`.
    pub(crate) fn command(&self, project: &Project, server: &Path, dist: &Path) -> Result<Exec> {
        fs::create_dir_all(project.path("data")).context("cannot create the folder data")?;
        Ok(Exec::new(project, server)
            .args(["serve", "--demo", "--listen", &address(self.port).to_string()])
            .args(["--database", self.database(), "--conversations", &self.conversations.to_string()])
            .arg("--dist")
            .arg(dist))
    }

    /// Says which port is taken before minutes of building end in that.
    pub(crate) fn refuse_a_taken_port(&self) -> Result<()> {
        match TcpListener::bind(address(self.port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                bail!(
                    "port {0} is taken by another program; stop it, or choose another with --port",
                    self.port
                )
            }
            Err(error) => Err(error).with_context(|| format!("cannot listen on port {}", self.port)),
            Ok(_) => Ok(()),
        }
    }

    /// Removes the database file, so that the next start seeds a new one.
    pub(crate) fn forget(&self, project: &Project) -> Result<()> {
        let file = file_of(self.database()).with_context(|| {
            format!(
                "--fresh removes a database file, and {} is none; empty it by its own means",
                self.database()
            )
        })?;
        for suffix in ["", "-wal", "-shm"] {
            let mut name = project.root().join(&file).into_os_string();
            name.push(suffix);
            match fs::remove_file(&name) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("cannot remove {}", name.display()));
                }
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Waits until the server answers. False when the user wants to stop before that.
    pub(crate) fn wait_until_up(&self, group: &mut Group, stop: &Stop) -> Result<bool> {
        let start = Instant::now();
        let mut told = false;
        group.until(stop, || {
            if !told && start.elapsed() > Duration::from_secs(15) {
                eprintln!("    still starting; many conversations take a while to make up");
                told = true;
            }
            answers(self.port)
        })
    }

    /// The address, the sign-ins, and what to do next.
    pub(crate) fn welcome(&self, port: u16) -> String {
        let rows: Vec<_> = SIGN_INS.iter().map(|(name, role)| format!("    {name:<18} {role}")).collect();
        let kept = match file_of(self.database()) {
            Some(file) => {
                format!("The data stays in {}; `cargo xtask run --fresh` starts over.", file.display())
            }
            None => "The data stays in its database.".to_owned(),
        };
        format!(
            "\n  Bandeja is ready at  http://127.0.0.1:{port}\n\n  Sign in as\n{}\n    password: {PASSWORD}\n\n  \
             {kept}\n  Ctrl-C stops it.\n",
            rows.join("\n")
        )
    }
}

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// The file behind a `sqlite:` URL; nothing for other databases and for one in memory.
fn file_of(database: &str) -> Option<PathBuf> {
    let path = database.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next()?;
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

/// Whether anything listens on that port of this machine.
pub(crate) fn is_open(port: u16) -> bool {
    TcpStream::connect_timeout(&address(port), Duration::from_millis(500)).is_ok()
}

/// Whether the server says it is well.
pub(crate) fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address(port), Duration::from_millis(500))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let host = address(port);
        // In one piece: a server may answer and hang up while the rest is still on its way.
        let request = format!("GET /api/v1/health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        // `HTTP/1.1 2`: any success will do.
        let mut head = [0; 10];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b" 2"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn demo(port: u16, database: Option<&str>) -> Demo {
        Demo { port, database: database.map(str::to_owned), conversations: 10 }
    }

    #[test]
    fn only_a_sqlite_url_names_a_file() {
        assert_eq!(file_of("sqlite:data/bandeja.db"), Some("data/bandeja.db".into()));
        assert_eq!(file_of("sqlite:///var/lib/x.db?mode=rwc"), Some("/var/lib/x.db".into()));
        assert_eq!(file_of("sqlite::memory:"), None);
        assert_eq!(file_of("postgres://localhost/bandeja"), None);
    }

    #[test]
    fn starting_over_on_a_server_database_is_refused() {
        let project = Project::open().unwrap();
        let error = demo(1, Some("postgres://localhost/bandeja")).forget(&project).unwrap_err();
        assert!(error.to_string().contains("postgres://localhost/bandeja"));
    }

    #[test]
    fn starting_over_removes_the_file_and_its_companions() {
        let project = Project::open().unwrap();
        let file = std::env::temp_dir().join(format!("bandeja-forget-{}.db", std::process::id()));
        let wal = PathBuf::from(format!("{}-wal", file.display()));
        fs::write(&file, "x").unwrap();
        fs::write(&wal, "x").unwrap();
        demo(1, Some(&format!("sqlite:{}", file.display()))).forget(&project).unwrap();
        assert!(!file.exists() && !wal.exists());
    }

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let error = demo(port, None).refuse_a_taken_port().unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    }

    #[test]
    fn only_a_healthy_answer_counts() {
        for (status, healthy) in
            [("200 OK", true), ("204 No Content", true), ("503 Service Unavailable", false)]
        {
            let listener = TcpListener::bind(address(0)).unwrap();
            let port = listener.local_addr().unwrap().port();
            let server = thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = [0; 512];
                let length = stream.read(&mut request).unwrap();
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).unwrap();
                String::from_utf8_lossy(&request[..length]).into_owned()
            });
            assert_eq!(answers(port), healthy);
            assert!(server.join().unwrap().starts_with("GET /api/v1/health HTTP/1.1"));
        }
    }

    #[test]
    fn the_welcome_names_every_sign_in_and_the_address() {
        let text = demo(4600, None).welcome(4600);
        for word in
            ["http://127.0.0.1:4600", "ana@demo.test", "super@demo.test", "bandeja-demo", "data/bandeja.db"]
        {
            assert!(text.contains(word), "{word} is missing in {text}");
        }
    }
}
