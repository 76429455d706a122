//! `nastavnik demo`.

use super::{
    Data, DataArgs, Trouble,
    serve::{LogFormat, start_log},
};
use crate::{
    access, backup,
    clock::Clock,
    consents,
    demo::{self, Account, Demo},
    roadmap, serve,
};
use std::{fmt::Write as _, net::SocketAddr};

/// What `demo` needs.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Только создать школу и показать учётные записи
    #[arg(long)]
    no_serve: bool,
    /// Вывести адрес и учётные записи в виде JSON
    #[arg(long)]
    json: bool,
    /// На каком адресе и порту ждать браузеры
    #[arg(long, value_name = "АДРЕС:ПОРТ", default_value = "127.0.0.1:8080", hide_default_value = true)]
    listen: SocketAddr,
}

/// Makes the invented school unless it is there, says who may sign in, serves.
pub async fn run(args: DemoArgs) -> Result<(), Trouble> {
    start_log(LogFormat::default());
    let data = args.data.open().await?;
    if args.no_serve {
        let accounts = made(&data, args.json).await?;
        print!("{}", introduction(None, &accounts, args.json));
    } else {
        // The address first: who cannot open it should not wait for the school.
        let listener = serve::listen(args.listen).await?;
        let accounts = made(&data, args.json).await?;
        print!("{}", introduction(Some(args.listen), &accounts, args.json));
        let app = data.app(Clock::system(), false)?;
        consents::seal_earlier_categories(&app).await?;
        access::actions::seal_earlier_secrets(&app).await?;
        roadmap::keep_snapshots(app.clone());
        backup::keep_backups(app.clone());
        serve::serve(app, listener, None, serve::stop_signal()).await;
    }
    data.db.close().await;
    Ok(())
}

async fn made(data: &Data, quietly: bool) -> Result<Vec<Account>, Trouble> {
    if !quietly {
        println!("Готовим учебную школу, в первый раз это несколько секунд…");
    }
    match demo::create(&data.app(Clock::system(), false)?).await? {
        Demo::Ready(accounts) => Ok(accounts),
        Demo::Occupied(name) => Err(Trouble::new(format!(
            "В этой базе уже есть школа «{name}». Учебная школа создаётся только отдельно: укажите другую папку в --data."
        ))),
    }
}

/// Says where the school is, if it is served, and who may sign in.
fn introduction(address: Option<SocketAddr>, accounts: &[Account], json: bool) -> String {
    if json { as_json(address, accounts) } else { as_table(address, accounts) }
}

fn as_json(address: Option<SocketAddr>, accounts: &[Account]) -> String {
    let accounts: Vec<serde_json::Value> = accounts
        .iter()
        .map(|account| {
            serde_json::json!({
                "role": account.role.word(),
                "label": account.role.label(),
                "login": account.login,
                "password": demo::PASSWORD,
                "name": account.name,
            })
        })
        .collect();
    format!("{}\n", serde_json::json!({ "address": address.map(url), "accounts": accounts }))
}

fn as_table(address: Option<SocketAddr>, accounts: &[Account]) -> String {
    let width =
        |text: fn(&Account) -> &str| accounts.iter().map(|account| text(account).chars().count()).max().unwrap_or(0);
    let (roles, logins) = (width(|account| account.role.label()), width(|account| account.login));
    let mut text = match address {
        Some(address) => format!("\nУчебная школа готова: {}\n\n", url(address)),
        None => "\nУчебная школа готова. Открыть её: nastavnik demo с той же папкой, без --no-serve.\n\n".to_owned(),
    };
    for account in accounts {
        let _ = writeln!(
            text,
            "  {:logins$}  {:roles$}  {} ({})",
            account.login,
            account.role.label(),
            account.name,
            account.post
        );
    }
    let _ = writeln!(
        text,
        "\nПароль у всех один: {}\nВторой фактор в учебной школе не требуется: включить его для пробы можно на странице «Второй фактор».\nЛюди и события вымышлены.",
        demo::PASSWORD
    );
    if address.is_some() {
        text.push_str("Остановить программу: Ctrl+C.\n");
    }
    text
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}
