//! Pictures: header → limits → upright → crop → sizes → formats. One interface for every picture.
