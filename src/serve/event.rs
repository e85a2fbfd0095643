//! Events of the server, to be reported to the user.

/// Something that the user is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerEvent {
    /// The requested port is taken.
    PortTaken {
        /// The port requested.
        wanted: u16,
        /// The port that is used.
        used: u16,
    },
    /// The site will be shown at this URL once it is built.
    Serving {
        /// With the base path: `http://localhost:3000/repo/`.
        url: String,
        /// The URL for others in the network.
        network: Option<String>,
    },
    /// Changes are detected by polling, because the system provides no events.
    Polling {
        /// The system's error.
        why: String,
    },
    /// A change was built and is shown.
    Rebuilt {
        /// Outputs whose bytes differ, are new or are gone.
        changed: usize,
    },
}
