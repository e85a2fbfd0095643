//! The words on a theme's pages: `i18n/en.yaml` of every layer, the nearest winning word by word.
