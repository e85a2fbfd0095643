//! Opens the server's sockets: on this machine only, or on the network if requested.

use crate::diagnostic::{Diagnostic, Result};
use crate::serve::event::ServerEvent;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, UdpSocket};

/// The number of ports to try if the requested one is taken.
const TRIES: u16 = 32;

/// Who can connect to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This machine.
    Machine,
    /// Everyone in the networks of this machine.
    Network,
    /// Everyone who can reach this address of the machine.
    Address(Ipv4Addr),
}

/// Sockets on the same port.
pub(super) struct Sockets {
    pub listeners: Vec<TcpListener>,
    pub port: u16,
    /// The address at which others can reach this machine, if they can.
    pub network: Option<Ipv4Addr>,
}

/// Listens on the requested port, or on the next free one.
pub(super) fn listen(
    reach: Reach,
    wanted: u16,
    say: &mut dyn FnMut(ServerEvent),
) -> Result<Sockets> {
    let first = if reach == Reach::Network { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let network = match reach {
        Reach::Machine => None,
        Reach::Network => Some(own_address().ok_or_else(no_network)?),
        Reach::Address(address) => Some(own(address)?),
    };
    let more = network.filter(|address| reach != Reach::Network && *address != first);
    let bind = |port| bind(first, more, port);
    let (listeners, port) = listen_by(bind, wanted, say)?;
    Ok(Sockets { listeners, port, network })
}

fn listen_by<L>(
    bind: impl Fn(u16) -> io::Result<(L, u16)>,
    wanted: u16,
    say: &mut dyn FnMut(ServerEvent),
) -> Result<(L, u16)> {
    // A random port is the last resort. It is tried several times, because the port may be taken on
    // the other address.
    let next = (wanted..wanted.saturating_add(TRIES)).filter(|_| wanted != 0);
    let mut last = io::ErrorKind::AddrInUse.into();
    for port in next.chain([0; 8]) {
        match bind(port) {
            Ok((listeners, used)) => {
                if wanted != 0 && used != wanted {
                    say(ServerEvent::PortTaken { wanted, used });
                }
                return Ok((listeners, used));
            }
            Err(err) => last = err,
        }
    }
    let message = format!("cannot listen on port {wanted} or on any other: {last}");
    Err(Diagnostic::error("cannot-serve", message)
        .help("allow this program to open a port on `127.0.0.1`, or use `build` instead"))
}

/// All sockets on one port. Both loopback addresses are used, because browsers resolve `localhost`
/// to either.
fn bind(first: Ipv4Addr, more: Option<Ipv4Addr>, port: u16) -> io::Result<(Vec<TcpListener>, u16)> {
    let first = TcpListener::bind((first, port))?;
    let port = first.local_addr()?.port();
    let mut listeners = vec![first];
    if let Some(address) = more {
        listeners.push(TcpListener::bind((address, port))?);
    }
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(listener) => listeners.push(listener),
        Err(err) if err.kind() == io::ErrorKind::AddrInUse => return Err(err),
        // The machine has no IPv6.
        Err(_) => {}
    }
    Ok((listeners, port))
}

/// This machine's address in the network: the source address it would send from. Nothing is sent,
/// and the destination, an address reserved for documentation, need not exist.
fn own_address() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(address) if !address.is_unspecified() => Some(address),
        _ => None,
    }
}

/// The address, if it belongs to this machine and others can reach it.
fn own(address: Ipv4Addr) -> Result<Ipv4Addr> {
    let is_own = !address.is_unspecified() && UdpSocket::bind((address, 0)).is_ok();
    is_own.then_some(address).ok_or_else(|| {
        let message = format!("`--host {address}`: this machine has no such address");
        Diagnostic::error("cannot-serve", message)
            .help("write `--host` alone to use the address of this machine on the network")
    })
}

fn no_network() -> Diagnostic {
    Diagnostic::error("cannot-serve", "`--host`: this machine is not on a network")
        .help("connect to one, or give the address to listen on: `--host 192.168.1.5`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_free_port_is_told_so() {
        let refuse = |_| Err::<((), u16), _>(io::ErrorKind::PermissionDenied.into());
        assert_eq!(listen_by(refuse, 80, &mut |_| ()).unwrap_err().code, "cannot-serve");
    }

    #[test]
    fn only_addresses_of_this_machine_are_listened_on() {
        assert_eq!(own(Ipv4Addr::LOCALHOST).unwrap(), Ipv4Addr::LOCALHOST);
        for address in [Ipv4Addr::new(198, 51, 100, 7), Ipv4Addr::UNSPECIFIED] {
            assert_eq!(own(address).unwrap_err().code, "cannot-serve", "{address}");
        }
    }
}
