//! `nastavnik serve`.

use super::{BackupsArgs, DataArgs, Trouble, provider::ProviderArgs};
use crate::{
    access, backup,
    clock::Clock,
    consents, roadmap,
    serve::{self, metrics},
    state::App,
};
use std::{net::SocketAddr, path::PathBuf};

/// What `serve` needs.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// На каком адресе и порту ждать браузеры
    #[arg(long, value_name = "АДРЕС:ПОРТ", default_value = "127.0.0.1:8080", hide_default_value = true)]
    listen: SocketAddr,
    /// Люди открывают программу по адресу https:// (перед ней стоит веб-сервер с сертификатом)
    #[arg(long)]
    https: bool,
    /// Файл сертификата с цепочкой (PEM): программа сама шифрует соединения
    #[arg(long, value_name = "ФАЙЛ", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Файл ключа сертификата (PEM)
    #[arg(long, value_name = "ФАЙЛ", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// На каком адресе отдавать показатели работы сервера для Prometheus
    #[arg(long, value_name = "АДРЕС:ПОРТ")]
    metrics: Option<SocketAddr>,
    /// Вид журнала сервера: text или json
    #[arg(long, value_name = "ВИД", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    log_format: LogFormat,
    #[command(flatten)]
    provider: ProviderArgs,
    #[command(flatten)]
    backups: BackupsArgs,
}

/// How lines of the log look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// Serves until asked to stop.
pub async fn run(args: ServeArgs) -> Result<(), Trouble> {
    start_log(args.log_format);
    // The address first: what can be refused at once is refused before the database is touched.
    let listener = serve::listen(args.listen).await?;
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(serve::acceptor(certificate, key)?),
        _ => None,
    };
    let scheme = if tls.is_some() { "https" } else { "http" };
    let provider = args.provider.provider()?;
    let data = args.data.open_with(&args.backups).await?;
    let app = App { provider, ..data.app(Clock::system(), args.https || tls.is_some())? };
    consents::seal_earlier_categories(&app).await?;
    access::actions::seal_earlier_secrets(&app).await?;
    if let Some(address) = args.metrics {
        metrics::serve_metrics(app.clone(), address).await?;
    }
    println!("«Наставник» работает: {scheme}://{}. Остановить: Ctrl+C.", args.listen);
    roadmap::keep_snapshots(app.clone());
    backup::keep_backups(app.clone());
    serve::keep_learning(app.db.clone());
    serve::serve(app, listener, tls, serve::stop_signal()).await;
    data.db.close().await;
    Ok(())
}

/// Writes the log to standard error; `NASTAVNIK_LOG` says how much of it.
pub fn start_log(format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NASTAVNIK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::io::stderr);
    let _ = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}
