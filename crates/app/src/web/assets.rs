//! Styles, scripts, fonts and icons: built by `make assets` into `web/dist` and carried inside the binary.
//!
//! The program compiles and answers without them, so that `cargo check` needs no npm; its pages then say what to do.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::Write as _,
    future::{Ready, ready},
    sync::LazyLock,
};

/// The path under which assets are served.
pub const PATH: &str = "/assets/{*path}";

/// A year: an address changes with the contents of its file.
const KEEP: &str = "public, max-age=31536000, immutable";

const MISSING: &str = "Оформление не собрано: выполните make assets и запустите программу заново.";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[include = "*.css"]
#[include = "*.js"]
#[include = "*.svg"]
#[include = "*.woff2"]
#[include = "*.txt"]
#[allow_missing = true]
struct Dist;

/// A file for browsers.
#[derive(Debug, Clone)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    pub mime: String,
    /// The digest of the contents, quoted as RFC 9110, section 8.8.3 wants it.
    pub etag: String,
}

/// The addresses of the assets by name, with the digest of the contents as version.
static ADDRESSES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let address = |name: &str, file: &EmbeddedFile| format!("/assets/{name}?v={}", version(file));
    Dist::iter().filter_map(|name| Dist::get(&name).map(|file| (name.to_string(), address(&name, &file)))).collect()
});

/// Returns the asset, if there is one.
pub fn asset(path: &str) -> Option<Asset> {
    let file = Dist::get(path)?;
    let etag = format!("\"{}\"", version(&file));
    Some(Asset { mime: file.metadata.mimetype().to_owned(), bytes: file.data, etag })
}

/// Returns the address of an asset; it changes when the asset does.
pub fn href(name: &str) -> String {
    ADDRESSES.get(name).cloned().unwrap_or_else(|| format!("/assets/{name}"))
}

/// Says what to do when the assets were not built into the program.
pub fn missing() -> Option<&'static str> {
    (!ADDRESSES.contains_key("app.css")).then_some(MISSING)
}

/// Answers with an asset that browsers may keep for a year.
#[expect(clippy::needless_pass_by_value, reason = "the headers of a request are extracted by value")]
pub fn serve(Path(path): Path<String>, headers: HeaderMap) -> Ready<Response> {
    ready(answer(&path, &headers))
}

fn answer(path: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = asset(path) else {
        return (StatusCode::NOT_FOUND, missing().unwrap_or("Файл не найден.")).into_response();
    };
    let kept = [(header::CACHE_CONTROL, KEEP.to_owned()), (header::ETAG, asset.etag.clone())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|etag| etag.as_bytes() == asset.etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(header::CONTENT_TYPE, asset.mime)], asset.bytes).into_response()
}

/// Returns the first eight bytes of the digest: enough to tell the versions of one file apart.
fn version(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a `String` does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_file_it_names() {
        for (name, address) in ADDRESSES.iter() {
            let version = address.split_once("?v=").unwrap().1;
            assert_eq!(asset(name).unwrap().etag, format!("\"{version}\""));
        }
    }

    #[test]
    fn a_file_outside_the_assets_is_not_served() {
        for path in ["../package.json", "/etc/passwd", "", "node_modules/x.js", "app.css/.."] {
            assert!(asset(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_name_that_was_not_built_still_has_an_address() {
        assert_eq!(href("nothing.css"), "/assets/nothing.css");
    }

    #[test]
    fn a_missing_asset_is_a_sentence_and_not_a_crash() {
        assert_eq!(answer("nothing.css", &HeaderMap::new()).status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_browser_that_has_the_file_is_not_sent_it_again() {
        for name in ADDRESSES.keys() {
            let mut headers = HeaderMap::new();
            assert_eq!(answer(name, &headers).status(), StatusCode::OK);
            headers.insert(header::IF_NONE_MATCH, asset(name).unwrap().etag.parse().unwrap());
            assert_eq!(answer(name, &headers).status(), StatusCode::NOT_MODIFIED);
        }
    }
}
