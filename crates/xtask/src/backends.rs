//! The foreign back ends of `end2end/backends`: which there are, how each is started, and what it tells of itself
//! when it is ready. Knows nothing of their data and of who uses them.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read},
    path::PathBuf,
    sync::mpsc::{Receiver, TryRecvError, channel},
    thread,
};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::{exec::Exec, project::Project, setup};

const FOLDER: &str = "end2end/backends";
const LIST: &str = "end2end/backends/backends.json";

/// How one back end is started.
#[derive(Debug, Clone)]
pub(crate) struct Backend {
    /// What it is, in a few words.
    pub(crate) about: String,
    /// The program and its arguments, from the folder of all back ends.
    run: Vec<String>,
    /// A conversation that checks may write to.
    pub(crate) to_write: Option<String>,
}

/// What a back end says on one line when it is ready.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) base_url: String,
    /// What a request by the first of `people` carries: a header's name and value.
    pub(crate) header: (String, String),
    pub(crate) people: Vec<Person>,
    /// The page with a form for signing in, where there is one.
    pub(crate) page: Option<String>,
}

/// Somebody who may sign in. Not every back end knows passwords.
#[derive(Debug)]
pub(crate) struct Person {
    /// The user's name or e-mail address, whichever one signs in with.
    pub(crate) name: String,
    pub(crate) password: Option<String>,
    pub(crate) token: String,
}

impl Told {
    fn read(line: &str) -> Option<Self> {
        let told: Value = serde_json::from_str(line).ok()?;
        let sign_in = told.get("sign_in")?;
        let header = sign_in.get("header")?;
        let people = sign_in.get("people")?.as_array()?;
        Some(Self {
            base_url: text(&told, "base_url")?,
            header: (text(header, "name")?, text(header, "value")?),
            people: people.iter().map(Person::read).collect::<Option<_>>()?,
            page: text(sign_in, "page"),
        })
    }
}

impl Person {
    fn read(person: &Value) -> Option<Self> {
        Some(Self {
            name: text(person, "username").or_else(|| text(person, "email"))?,
            password: text(person, "password"),
            token: text(person, "token")?,
        })
    }
}

impl Backend {
    fn read(backend: &Value) -> Option<Self> {
        let run = backend.get("run")?.as_array()?;
        let run = run.iter().map(|word| word.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        Some(Self { about: text(backend, "about")?, run, to_write: text(backend, "to_write") })
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

/// All back ends by name, or the one that is asked for.
pub(crate) fn named(project: &Project, wanted: Option<&str>) -> Result<Vec<(String, Backend)>> {
    let text = fs::read_to_string(project.path(LIST)).with_context(|| format!("cannot read {LIST}"))?;
    choose(&text, wanted)
}

fn choose(list: &str, wanted: Option<&str>) -> Result<Vec<(String, Backend)>> {
    let mut all: Map<String, Value> =
        serde_json::from_str(list).with_context(|| format!("{LIST} is no object of back ends"))?;
    all.remove("$comment");
    let chosen = all
        .iter()
        .filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name))
        .map(|(name, value)| {
            let backend = Backend::read(value);
            Ok((name.clone(), backend.with_context(|| format!("{LIST} says too little of {name}"))?))
        })
        .collect::<Result<Vec<_>>>()?;
    match wanted {
        Some(wanted) if chosen.is_empty() => {
            let names: Vec<&str> = all.keys().map(String::as_str).collect();
            bail!("there is no back end `{wanted}`; there are {}", names.join(", "))
        }
        _ => Ok(chosen),
    }
}

impl Backend {
    /// Its command, with a port of its own or a free one, once the program that it needs is there.
    pub(crate) fn command(&self, project: &Project, port: Option<u16>) -> Result<Exec> {
        let (program, arguments) = self.run.split_first().context("a back end without a program")?;
        let program = match program.as_str() {
            "python3" => setup::python(project)?,
            "node" => {
                setup::node(project)?;
                setup::packages(project)?;
                PathBuf::from("node")
            }
            other => PathBuf::from(other),
        };
        let mut exec = Exec::new(project, program).args(arguments).dir(&project.path(FOLDER));
        if let Some(port) = port {
            exec = exec.arg("--port").arg(port.to_string());
        }
        Ok(exec)
    }
}

/// The line that a back end says when it is ready, whenever it comes.
pub(crate) struct Awaited(Receiver<Result<Told>>);

impl Awaited {
    /// Listens to the standard output of a back end that has just been started.
    pub(crate) fn from(output: impl Read + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut lines = BufReader::new(output).lines();
            if let Some(Ok(line)) = lines.next() {
                let told = Told::read(&line)
                    .with_context(|| format!("a back end said something else than where it is: {line}"));
                // Nobody waits any more only when everything is ending.
                let _ = sender.send(told);
            }
            // What it says later is read, so that it is never held up by a full pipe.
            lines.for_each(drop);
        });
        Self(receiver)
    }

    /// What it said, if it has said it.
    pub(crate) fn now(&self) -> Result<Option<Told>> {
        match self.0.try_recv() {
            Ok(told) => told.map(Some),
            // One that ended without a word is noticed by whoever watches over it.
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"{
        "$comment": "who there is",
        "one": {"about": "the first", "run": ["python3", "one.py"]},
        "two": {"about": "the second", "run": ["node", "two.ts"]}
    }"#;

    #[test]
    fn all_back_ends_are_meant_unless_one_is_named() {
        let names = |wanted| choose(TWO, wanted).unwrap().into_iter().map(|(name, _)| name);
        assert_eq!(names(None).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(names(Some("two")).collect::<Vec<_>>(), ["two"]);
    }

    #[test]
    fn a_back_end_that_does_not_exist_is_named_beside_those_that_do() {
        let error = choose(TWO, Some("three")).unwrap_err().to_string();
        assert!(error.contains("three") && error.contains("one, two"), "{error}");
    }

    #[test]
    fn every_back_end_of_the_project_has_its_script() {
        let project = Project::open().unwrap();
        let all = named(&project, None).unwrap();
        assert!(all.len() >= 3);
        for (name, backend) in all {
            let script = backend.run.last().unwrap();
            assert!(project.path(FOLDER).join(script).is_file(), "{name}");
        }
    }

    #[test]
    fn the_first_line_says_where_a_back_end_is() {
        let line = r#"{"name":"x","base_url":"http://127.0.0.1:1","sign_in":{"header":{"name":"A","value":"b"},"people":[]}}"#;
        let awaited = Awaited::from(std::io::Cursor::new(format!("{line}\nmore\n").into_bytes()));
        assert_eq!(awaited.0.recv().unwrap().unwrap().base_url, "http://127.0.0.1:1");
        let awaited = Awaited::from(std::io::Cursor::new(b"Traceback\n".to_vec()));
        assert!(awaited.0.recv().unwrap().unwrap_err().to_string().contains("Traceback"));
    }
}
