//! Encryption of connections, when the program itself has the certificate.

use crate::cli::Trouble;
use std::{path::Path, sync::Arc};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

/// What agrees on encryption with a browser.
pub type Tls = TlsAcceptor;

/// Reads a certificate with its chain and its key, both in PEM.
pub fn acceptor(certificate: &Path, key: &Path) -> Result<Tls, Trouble> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|_| unreadable("сертификат", certificate))?;
    if chain.is_empty() {
        return Err(unreadable("сертификат", certificate));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|_| unreadable("ключ сертификата", key))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, secret));
    config.map(|config| TlsAcceptor::from(Arc::new(config))).map_err(|error| {
        Trouble::new(format!("Сертификат и его ключ не подходят друг к другу или непригодны. Подробность: {error}"))
    })
}

fn unreadable(what: &str, path: &Path) -> Trouble {
    Trouble::new(format!("Не удалось прочитать {what} {}: нужен файл в формате PEM.", path.display()))
}
