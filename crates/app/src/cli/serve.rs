//! `nastavnik serve`.

use super::{DataArgs, Trouble};
use crate::{clock::Clock, consents, roadmap, serve};
use std::net::SocketAddr;

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
}

/// Serves until asked to stop.
pub async fn run(args: ServeArgs) -> Result<(), Trouble> {
    start_log();
    // The address first: what can be refused at once is refused before the database is touched.
    let listener = serve::listen(args.listen).await?;
    let data = args.data.open().await?;
    let app = data.app(Clock::system(), args.https)?;
    consents::seal_earlier_categories(&app).await?;
    println!("«Наставник» работает: http://{}. Остановить: Ctrl+C.", args.listen);
    roadmap::keep_snapshots(app.clone());
    serve::serve(app, listener, serve::stop_signal()).await;
    data.db.close().await;
    Ok(())
}

/// Writes the log to standard error; `NASTAVNIK_LOG` says how much of it.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NASTAVNIK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::io::stderr).try_init();
}
