//! The private socket between the proxy and the server behind it; no browser can reach it.

use crate::serve::proxy::Upstream;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::net::{TcpListener, TcpStream};
#[cfg(unix)]
use std::os::unix::net::{SocketAddr as UnixAddr, UnixListener, UnixStream};
use std::time::Duration;
use tiny_http::Listener;

/// The address on which the server behind the proxy listens.
pub enum Address {
    /// A Unix socket.
    #[cfg(unix)]
    Unix(UnixAddr),
    /// A loopback port, on systems without Unix sockets.
    Tcp(std::net::SocketAddr),
}

/// A new private socket.
///
/// # Errors
/// If the system does not provide one.
pub fn bind() -> io::Result<(Listener, Address)> {
    #[cfg(unix)]
    if let Ok(found) = bind_unix() {
        return Ok(found);
    }
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = Address::Tcp(listener.local_addr()?);
    Ok((listener.into(), address))
}

#[cfg(unix)]
fn bind_unix() -> io::Result<(Listener, Address)> {
    let address = unix_address()?;
    let listener = UnixListener::bind_addr(&address)?;
    Ok((listener.into(), Address::Unix(address)))
}

/// On Linux, an abstract name rather than a file, so that nothing is left behind however the
/// program ends.
#[cfg(target_os = "linux")]
fn unix_address() -> io::Result<UnixAddr> {
    use std::os::linux::net::SocketAddrExt;
    UnixAddr::from_abstract_name(format!("questfolio-{}", secret()))
}

/// On other systems, a file in a private folder.
#[cfg(all(unix, not(target_os = "linux")))]
fn unix_address() -> io::Result<UnixAddr> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = std::env::temp_dir().join(format!("questfolio-{}", &secret()[..8]));
    std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
    UnixAddr::from_pathname(folder.join("http"))
}

/// Opens a connection.
///
/// # Errors
/// If nobody listens there any more.
pub fn connect(address: &Address) -> io::Result<Box<dyn Upstream>> {
    match address {
        #[cfg(unix)]
        Address::Unix(address) => Ok(Box::new(UnixStream::connect_addr(address)?)),
        Address::Tcp(address) => Ok(Box::new(TcpStream::connect(address)?)),
    }
}

#[cfg(unix)]
impl Upstream for UnixStream {
    fn set_timeout(&self, patience: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(patience))?;
        self.set_write_timeout(Some(patience))
    }
}

impl Upstream for TcpStream {
    fn set_timeout(&self, patience: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(patience))?;
        self.set_write_timeout(Some(patience))
    }
}

/// An unguessable string, from the system's randomness through the standard library.
pub fn secret() -> String {
    let word = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", word(), word())
}
