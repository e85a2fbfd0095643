//! `serve --host`: who can connect to the server, and with which host names.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests start the program"
)]

mod serve_client;

use serve_client::program::{self, Program};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

const PROFILE: (&str, &str) = ("content/profile.yaml", "name: Ada\n");

/// Another address of this machine, on every Linux: the loopback is a whole network.
const OTHER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

fn ask(address: Ipv4Addr, port: u16, host: &str) -> Option<u16> {
    let mut stream = TcpStream::connect((address, port)).ok()?;
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1)?.parse().ok()
}

#[test]
fn without_it_only_the_loopback_is_listened_on() {
    let root = program::site(&[PROFILE]);
    let program = Program::serve(root.path(), &[]);
    assert_eq!(ask(Ipv4Addr::LOCALHOST, program.port(), "localhost"), Some(200));
    assert_eq!(ask(OTHER, program.port(), "localhost"), None);
    assert!(!program.said().iter().any(|line| line.contains("network")));
}

#[test]
fn an_address_is_listened_on_and_answered_to() {
    let root = program::site(&[PROFILE]);
    let program = Program::serve(root.path(), &["--host", "127.0.0.2", "--color", "always"]);
    let port = program.port();
    program.wait_until_said("Everyone on this network can see the site");
    let said = program.said().join("\n");
    assert!(said.contains(&format!("http://127.0.0.2:{port}/")), "{said}");
    assert!(said.contains('▀'), "the code is drawn when it is asked for: {said}");
    assert_eq!(ask(OTHER, port, &format!("127.0.0.2:{port}")), Some(200));
    assert_eq!(ask(Ipv4Addr::LOCALHOST, port, "localhost"), Some(200));
    for host in ["evil.example", "127.0.0.3", "192.168.1.5", "0.0.0.0"] {
        assert_eq!(ask(OTHER, port, host), Some(421), "{host}");
    }
    assert_eq!(ask(Ipv4Addr::new(127, 0, 0, 3), port, "localhost"), None);
}

#[test]
fn alone_it_finds_the_address_the_network_knows() {
    let root = program::site(&[PROFILE]);
    let output = program::command(root.path(), &["--host", "198.51.100.7"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("error[cannot-serve]") && said.contains("`--host` alone"), "{said}");
    let output = program::command(root.path(), &["--host", "box.local"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));

    // A machine without a network has no such address.
    let probe = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    if probe.connect("198.51.100.7:9").is_err() {
        return;
    }
    let std::net::IpAddr::V4(own) = probe.local_addr().unwrap().ip() else { return };
    let program = Program::serve(root.path(), &["--host"]);
    let port = program.port();
    program.wait_until_said(&format!("On your network http://{own}:{port}/"));
    assert!(!program.said().join("").contains('▀'), "nobody looks on");
    assert_eq!(ask(own, port, &own.to_string()), Some(200));
    assert_eq!(ask(own, port, "evil.example"), Some(421));
}
