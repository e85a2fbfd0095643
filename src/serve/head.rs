//! Parses the head of a request strictly: whatever is not clearly valid is refused.

/// The maximum size of a head, in bytes.
pub const MAX_HEAD: usize = 16 * 1024;

/// The maximum number of header lines.
const MAX_HEADERS: usize = 100;

/// A request head, reduced to what this server uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// `GET`, `HEAD` or `POST`.
    pub method: &'static str,
    /// Path and query, as sent.
    pub target: String,
    /// The `Host` header.
    pub host: String,
    /// The `Range` header.
    pub range: Option<String>,
    /// The `If-None-Match` header.
    pub if_none_match: Option<String>,
    /// The `Sec-Fetch-Site` header: the relation between this server and the site that sent the
    /// request.
    pub site: Option<String>,
    /// The `Origin` header: the site whose page sent the request.
    pub origin: Option<String>,
    /// The `X-Questfolio-Token` header: forms and pictures on other sites cannot send it.
    pub token: Option<String>,
    /// The `Content-Type` header, without its parameters.
    pub media_type: Option<String>,
    /// The `Content-Length` header.
    pub length: Option<u64>,
    /// Whether the body uses chunked transfer encoding.
    pub is_chunked: bool,
}

/// A refusal: the response is only a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status code.
    pub status: u16,
    /// The reason phrase.
    pub reason: &'static str,
}

/// Not HTTP, or ambiguous, so that two programs might parse it differently.
pub const MALFORMED: Refusal = Refusal { status: 400, reason: "Bad Request" };
/// The client was too slow.
pub const TOO_SLOW: Refusal = Refusal { status: 408, reason: "Request Timeout" };
/// Neither GET nor HEAD, nor a POST to a path that accepts one.
pub const NOT_ALLOWED: Refusal = Refusal { status: 405, reason: "Method Not Allowed" };
/// It has a body that is not accepted, or is too long.
pub const NO_BODIES: Refusal = Refusal { status: 413, reason: "Content Too Large" };
/// It has a body without a length.
pub const NO_LENGTH: Refusal = Refusal { status: 411, reason: "Length Required" };
/// Its body has the wrong media type.
pub const WRONG_TYPE: Refusal = Refusal { status: 415, reason: "Unsupported Media Type" };
/// The head is too long.
pub const TOO_LONG: Refusal = Refusal { status: 431, reason: "Request Header Fields Too Large" };
/// The `Host` header names another host.
pub const MISDIRECTED: Refusal = Refusal { status: 421, reason: "Misdirected Request" };
/// A request from another site for a private resource.
pub const FORBIDDEN: Refusal = Refusal { status: 403, reason: "Forbidden" };
/// The server behind the proxy did not answer.
pub const NO_RESPONSE: Refusal = Refusal { status: 502, reason: "Bad Gateway" };

/// The byte offset after the empty line that ends the head.
pub fn end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|it| it == b"\r\n\r\n").map(|at| at + 4)
}

/// Parses a complete head, with its empty line.
///
/// # Errors
/// The refusal to send.
pub fn parse(bytes: &[u8]) -> Result<Head, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| MALFORMED)?;
    let text = text.strip_suffix("\r\n\r\n").ok_or(MALFORMED)?;
    let mut lines = text.split("\r\n");
    let (method, target) = request_line(lines.next().unwrap_or_default())?;
    let mut head = Head {
        method: "GET",
        target: target.to_owned(),
        host: String::new(),
        range: None,
        if_none_match: None,
        site: None,
        origin: None,
        token: None,
        media_type: None,
        length: None,
        is_chunked: false,
    };
    let (mut host, mut length) = (None, None);
    for (count, line) in lines.enumerate() {
        if count == MAX_HEADERS {
            return Err(TOO_LONG);
        }
        let (name, value) = header(line)?;
        let slot = match name.as_str() {
            "host" => &mut host,
            "range" => &mut head.range,
            "if-none-match" => &mut head.if_none_match,
            "sec-fetch-site" => &mut head.site,
            "origin" => &mut head.origin,
            "x-questfolio-token" => &mut head.token,
            "content-type" => &mut head.media_type,
            "content-length" => &mut length,
            "transfer-encoding" => {
                head.is_chunked = true;
                continue;
            }
            _ => continue,
        };
        if slot.replace(value.to_owned()).is_some() {
            return Err(MALFORMED);
        }
    }
    head.method = match method {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        _ => return Err(NOT_ALLOWED),
    };
    head.length = length.map(|it| count(&it)).transpose()?;
    let has_body = head.is_chunked || head.length.is_some_and(|length| length > 0);
    if has_body && head.method != "POST" {
        return Err(NO_BODIES);
    }
    head.host = host.ok_or(MALFORMED)?;
    let plain = |it: String| it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    head.media_type = head.media_type.map(plain);
    Ok(head)
}

/// A number of bytes; saturates at the maximum.
fn count(text: &str) -> Result<u64, Refusal> {
    match !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.parse().unwrap_or(u64::MAX)),
        false => Err(MALFORMED),
    }
}

fn request_line(line: &str) -> Result<(&str, &str), Refusal> {
    let mut words = line.split(' ');
    let (method, target, version) = (words.next(), words.next(), words.next());
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (method, target, version, words.next())
    else {
        return Err(MALFORMED);
    };
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_target = (target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic()))
        || target == "*";
    if is_method && is_target { Ok((method, target)) } else { Err(MALFORMED) }
}

fn header(line: &str) -> Result<(String, &str), Refusal> {
    let (name, value) = line.split_once(':').ok_or(MALFORMED)?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let value = value.trim_matches([' ', '\t']);
    if name.is_empty() || !name.bytes().all(is_token) || value.chars().any(char::is_control) {
        return Err(MALFORMED);
    }
    Ok((name.to_ascii_lowercase(), value))
}

/// Whether a `Host` header names this machine or one of `hosts`. With DNS rebinding, the page of
/// another site whose name resolves to this machine sends its own name, and is refused.
pub fn is_ours(host: &str, hosts: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some(("::1", port)) if is_port(port) => return true,
            _ => return false,
        },
        None => host.split_once(':').map_or(host, |(name, port)| {
            if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { "" }
        }),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost" || name == "127.0.0.1" || hosts.iter().any(|it| it.to_lowercase() == name)
}

fn is_port(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix(':').is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> Option<u16> {
        parse(text.as_bytes()).err().map(|it| it.status)
    }

    #[test]
    fn only_plain_requests_pass() {
        let head = parse(b"GET /a?b HTTP/1.1\r\nHost: localhost:1\r\nX: y\r\n\r\n").unwrap();
        assert_eq!((head.target.as_str(), head.host.as_str()), ("/a?b", "localhost:1"));
        for (text, status) in [
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/2\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
            ("GET / HTTP/1.1\nHost: a\n\r\n\r\n", 400),
            ("GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 405),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
            ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 405),
            ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 413),
            ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 413),
        ] {
            assert_eq!(refused(text), Some(status), "{text:?}");
        }
        let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(100));
        assert_eq!(refused(&many), Some(431));
    }

    #[test]
    fn only_this_machine_is_ours() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:3000", "[::1]", "[::1]:3000", "box:1"]
        {
            assert!(is_ours(host, &["Box".to_owned()]), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "localhost:evil",
            "[::1]evil",
            "[::2]",
            "[::1",
            "0.0.0.0",
        ] {
            assert!(!is_ours(host, &[]), "{host}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
            let head = [b"GET /".as_slice(), &bytes, b"\r\n\r\n"].concat();
            let _ = parse(&head);
        }
    }
}
