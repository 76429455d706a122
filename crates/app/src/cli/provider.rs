//! Where people may sign in elsewhere: the keys of `serve` about a provider.

use super::Trouble;
use crate::access::{Provider, Terms};
use std::path::{Path, PathBuf};

/// The provider; off without them.
#[derive(Debug, Default, clap::Args)]
#[expect(clippy::struct_field_names, reason = "the names are the keys of the command line")]
pub struct ProviderArgs {
    /// Внешний вход (OpenID Connect): адрес сервера, который знает сотрудников, https://…
    #[arg(long, value_name = "АДРЕС", requires_all = ["oidc_client", "oidc_secret", "oidc_address"])]
    oidc_issuer: Option<String>,
    /// Под каким именем внешний вход знает эту программу (client id)
    #[arg(long, value_name = "ИМЯ", requires = "oidc_issuer")]
    oidc_client: Option<String>,
    /// Файл с секретом этой программы (client secret): одна строка
    #[arg(long, value_name = "ФАЙЛ", requires = "oidc_issuer")]
    oidc_secret: Option<PathBuf>,
    /// По какому адресу люди открывают программу: на него внешний вход возвращает браузер
    #[arg(long, value_name = "АДРЕС", requires = "oidc_issuer")]
    oidc_address: Option<String>,
    /// Как называть внешний вход на кнопке «Войти через …»
    #[arg(long, value_name = "НАЗВАНИЕ", requires = "oidc_issuer")]
    oidc_name: Option<String>,
    /// Файл сертификатов (PEM), которым верить у внешнего входа кроме тех, которым верит этот компьютер
    #[arg(long, value_name = "ФАЙЛ", requires = "oidc_issuer")]
    oidc_ca: Option<PathBuf>,
}

impl ProviderArgs {
    /// Returns the provider, or what is wrong with what was said about it; nobody is called.
    pub fn provider(&self) -> Result<Option<Provider>, Trouble> {
        let (Some(issuer), Some(client), Some(secret), Some(address)) =
            (&self.oidc_issuer, &self.oidc_client, &self.oidc_secret, &self.oidc_address)
        else {
            return Ok(None);
        };
        let secret = read(secret, "файл секрета")?;
        let mut terms = Terms::of(issuer, (client, &String::from_utf8_lossy(&secret)), address);
        terms.authority = self.oidc_ca.as_deref().map(|path| read(path, "файл сертификатов")).transpose()?;
        if let Some(name) = &self.oidc_name {
            name.trim().clone_into(&mut terms.name);
        }
        Provider::on(terms).map(Some).map_err(|bad| Trouble::usage(bad.to_string()))
    }
}

fn read(path: &Path, what: &str) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|_| {
        Trouble::new(format!("Не удалось прочитать {what} внешнего входа {}. Проверьте путь и права.", path.display()))
    })
}
