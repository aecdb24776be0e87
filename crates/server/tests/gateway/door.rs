//! The way to the foreign API: redirects, cookies, limits.

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use bandeja_connector::host::{Door, DoorError, Got, Sent, SentBody};
use bandeja_server::gateway::HttpDoor;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// What a call came with.
async fn echo(headers: HeaderMap, body: String) -> String {
    let of = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("none").to_owned();
    format!("token {} cookie {} type {} body {body}", of("x-token"), of("cookie"), of("content-type"))
}

async fn start(routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

/// One server, and another that it leads to.
async fn servers() -> (String, String) {
    let other = start(Router::new().route("/echo", get(echo))).await;
    let there = format!("{other}/echo");
    let to = |status: StatusCode, at: String| move || std::future::ready((status, [(header::LOCATION, at)]));
    let routes = Router::new()
        .route("/echo", get(echo).post(echo))
        .route("/away", get(to(StatusCode::FOUND, there)))
        .route("/slash", get(to(StatusCode::MOVED_PERMANENTLY, "/echo".to_owned())))
        .route("/kept", post(to(StatusCode::TEMPORARY_REDIRECT, "/echo".to_owned())))
        .route("/round", get(to(StatusCode::FOUND, "/round".to_owned())))
        .route("/bake", get(|| async { ([(header::SET_COOKIE, "csrf=abc; Path=/")], "").into_response() }))
        .route("/large", get(|| async { "a".repeat(5_000) }));
    (start(routes).await, other)
}

fn sent(method: &str, url: String) -> Sent {
    Sent {
        method: method.to_owned(),
        url,
        headers: vec![("x-token".to_owned(), "tamarindo".to_owned())],
        body: SentBody::None,
        timeout_ms: 5_000,
        cookies: true,
        max_bytes: 1_000,
    }
}

fn text(got: Result<Got, DoorError>) -> String {
    String::from_utf8(got.unwrap().body).unwrap()
}

#[tokio::test]
async fn a_redirect_within_the_api_is_followed_and_told() {
    let (url, _) = servers().await;
    let got = HttpDoor::new(&url).send(sent("GET", format!("{url}/slash"))).await.unwrap();
    assert!(got.redirected);
    assert!(text(Ok(got)).starts_with("token tamarindo"));
    let mut post = sent("POST", format!("{url}/kept"));
    post.body = SentBody::Text { content_type: "application/json", text: "{}".to_owned() };
    let said = text(HttpDoor::new(&url).send(post).await);
    assert!(said.ends_with("type application/json body {}"), "{said}");
}

#[tokio::test]
async fn a_redirect_to_somebody_else_gets_no_token() {
    let (url, other) = servers().await;
    let got = HttpDoor::new(&url).send(sent("GET", format!("{url}/away"))).await.unwrap();
    assert_eq!((got.status, got.redirected), (302, true));
    assert_eq!(got.header("location"), Some(format!("{other}/echo").as_str()));
}

#[tokio::test]
async fn redirects_in_a_circle_come_to_an_end() {
    let (url, _) = servers().await;
    let got = HttpDoor::new(&url).send(sent("GET", format!("{url}/round"))).await.unwrap();
    assert_eq!((got.status, got.redirected), (302, true));
}

#[tokio::test]
async fn cookies_stay_with_one_door_and_go_along_only_where_they_are_wanted() {
    let (url, _) = servers().await;
    let (ana, beto) = (HttpDoor::new(&url), HttpDoor::new(&url));
    ana.send(sent("GET", format!("{url}/bake"))).await.unwrap();
    assert_eq!(ana.cookie("csrf").as_deref(), Some("abc"));
    assert_eq!(beto.cookie("csrf"), None);
    assert!(text(ana.send(sent("GET", format!("{url}/echo"))).await).contains("cookie csrf=abc"));
    let without = Sent { cookies: false, ..sent("GET", format!("{url}/echo")) };
    assert!(text(ana.send(without).await).contains("cookie none"));
    assert!(text(beto.send(sent("GET", format!("{url}/echo"))).await).contains("cookie none"));
}

#[tokio::test]
async fn a_multipart_body_keeps_its_fields_in_their_order() {
    let (url, _) = servers().await;
    let mut post = sent("POST", format!("{url}/echo"));
    let fields = [("content", "Hola\r\n--x"), ("a\"b", "2")];
    post.body = SentBody::Multipart(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    let said = text(HttpDoor::new(&url).send(post).await);
    assert!(said.contains("type multipart/form-data; boundary="), "{said}");
    let found = |text: &str| said.find(text).unwrap();
    let (first, second) = (found("name=\"content\"\r\n\r\nHola"), found("name=\"a%22b\""));
    assert!(first < second);
}

#[tokio::test]
async fn too_large_too_slow_and_nobody_there_are_told_apart() {
    let (url, _) = servers().await;
    let door = HttpDoor::new(&url);
    let large = door.send(sent("GET", format!("{url}/large"))).await;
    assert_eq!(large, Err(DoorError::TooLarge { status: 200 }));
    let nobody = door.send(sent("GET", "http://127.0.0.1:1/".to_owned())).await;
    assert_eq!(nobody, Err(DoorError::Unreachable));
    // Connections are taken in by the system, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let slow = format!("http://{}/", silent.local_addr().unwrap());
    let slow = door.send(Sent { timeout_ms: 100, ..sent("GET", slow) }).await;
    assert_eq!(slow, Err(DoorError::Timeout));
}

/// The head of the one request that a server gets which answers 204, in small letters.
async fn head_of(method: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answering = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(stream.read_line(&mut head).await.unwrap() > 0, "{head}");
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await.unwrap();
        head.to_lowercase()
    });
    let got = HttpDoor::new(&url).send(sent(method, format!("{url}/send"))).await.unwrap();
    assert_eq!(got.status, 204);
    answering.await.unwrap()
}

#[tokio::test]
async fn a_change_without_a_body_says_that_it_is_empty() {
    for method in ["POST", "PUT", "PATCH"] {
        let head = head_of(method).await;
        assert!(head.contains("content-length: 0\r\n"), "{head}");
        assert!(!head.contains("transfer-encoding") && !head.contains("content-type"), "{head}");
    }
    let head = head_of("GET").await;
    assert!(!head.contains("content-length") && !head.contains("transfer-encoding"), "{head}");
}
