//! `theme.yaml`: what a theme is called, what it extends, and the options a site may set.
