//! `nastavnik backup`, `nastavnik restore`, `nastavnik move`.

use super::{DataArgs, Trouble, data::DATABASE_HELP, say};
use crate::{
    audit::Broken,
    backup::{self, Key, Label, Manifest, Occasion, Shelf, Wanted},
    clock::Clock,
    erasures::{self, Erased},
    router::MIGRATIONS,
    words,
};
use std::path::PathBuf;

/// What `backup` needs.
#[derive(Debug, clap::Args)]
#[command(subcommand_negates_reqs = true, args_conflicts_with_subcommands = true)]
pub struct BackupArgs {
    #[command(subcommand)]
    command: Option<BackupCommand>,
    /// Папка с данными школы
    #[arg(long, value_name = "ПАПКА", required = true)]
    data: Option<PathBuf>,
    #[arg(long, value_name = "АДРЕС", env = "NASTAVNIK_DATABASE", hide_env = true, help = DATABASE_HELP)]
    database: Option<String>,
    /// Папка, в которую положить копию; лучше на другом диске
    #[arg(long, value_name = "ПАПКА", required = true)]
    to: Option<PathBuf>,
    /// Файл ключа; без него берётся ключ из папки данных (создаётся, если его нет)
    #[arg(long, value_name = "ФАЙЛ")]
    key: Option<PathBuf>,
}

/// What can be done around a copy.
#[derive(Debug, clap::Subcommand)]
enum BackupCommand {
    /// Создать ключ, которым шифруются копии
    Key(KeyArgs),
    /// Проверить копию: прочитать её целиком и сверить с описью
    Check(CheckArgs),
}

#[derive(Debug, clap::Args)]
struct KeyArgs {
    /// Новый файл для ключа
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
}

#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// Файл копии
    #[arg(value_name = "КОПИЯ")]
    copy: PathBuf,
    /// Файл ключа
    #[arg(long, value_name = "ФАЙЛ")]
    key: PathBuf,
}

/// What `restore` needs.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// Файл копии
    #[arg(long, value_name = "КОПИЯ")]
    from: PathBuf,
    /// Файл ключа, которым она зашифрована
    #[arg(long, value_name = "ФАЙЛ")]
    key: PathBuf,
    /// Новая или пустая папка для данных
    #[arg(long, value_name = "ПАПКА")]
    data: PathBuf,
    /// Адрес пустой базы PostgreSQL; без него база SQLite лежит в папке данных
    #[arg(long, value_name = "АДРЕС")]
    database: Option<String>,
    /// Список удалённых людей, если он лежит не рядом с копией
    #[arg(long, value_name = "ФАЙЛ")]
    erasures: Option<PathBuf>,
}

/// What `move` needs.
#[derive(Debug, clap::Args)]
pub struct MoveArgs {
    /// Папка с данными, которые переносятся; программа на ней должна быть остановлена
    #[arg(long, value_name = "ПАПКА")]
    data: PathBuf,
    #[arg(long, value_name = "АДРЕС", env = "NASTAVNIK_DATABASE", hide_env = true, help = DATABASE_HELP)]
    database: Option<String>,
    /// Новая или пустая папка для данных
    #[arg(long, value_name = "ПАПКА")]
    to_data: PathBuf,
    /// Адрес пустой базы PostgreSQL; без него база SQLite лежит в новой папке
    #[arg(long, value_name = "АДРЕС")]
    to_database: Option<String>,
}

/// Makes a copy, a key, or checks a copy.
pub async fn make(args: BackupArgs) -> Result<(), Trouble> {
    match args.command {
        Some(BackupCommand::Key(args)) => {
            let key = Key::make(&args.out)?;
            say(&format_args!(
                "Ключ создан: {}, отпечаток {}. Сохраните его отдельно от копий: без него их не открыть.",
                args.out.display(),
                key.fingerprint()
            ));
            Ok(())
        }
        Some(BackupCommand::Check(args)) => {
            let manifest = backup::check(&args.copy, &Key::read(&args.key)?)?;
            say(&format_args!("Копия цела. {}", facts(&manifest)));
            Ok(())
        }
        None => match (args.data, args.to) {
            (Some(data), Some(to)) => {
                make_copy(DataArgs { data, database: args.database, key_file: None }, to, args.key).await
            }
            _ => Err(Trouble::usage("Не хватает: --data и --to. Справка: nastavnik backup --help")),
        },
    }
}

async fn make_copy(source: DataArgs, to: PathBuf, key: Option<PathBuf>) -> Result<(), Trouble> {
    let data = source.join().await?;
    let key = match &key {
        Some(path) => Key::read(path)?,
        None => Key::read_or_make(&source.data.join("backup.key"))?,
    };
    let shelf = Shelf::at(to);
    let now = Clock::system().now();
    let place = shelf.place_for(now, Occasion::ByHand)?;
    let manifest = backup::make(&data.db, &data.files, &key, &place, now).await?;
    backup::write_label(&place, &Label::of(&manifest))?;
    shelf.keep_erasures(&erasures::everybody(&mut data.db.read().await?).await?)?;
    data.db.close().await;
    say(&format_args!("Копия сделана и прочитана заново: {}\n{}", place.display(), facts(&manifest)));
    Ok(())
}

/// Restores a copy.
pub async fn restore(args: RestoreArgs) -> Result<(), Trouble> {
    let key = Key::read(&args.key)?;
    let mut erased: Vec<Erased> = backup::erasures_beside(&args.from)?;
    if let Some(path) = &args.erasures {
        erased.extend(backup::erasures_at(path)?);
    }
    let wanted = Wanted {
        from: &args.from,
        key: &key,
        data: &args.data,
        server: args.database.as_deref(),
        erased: &erased,
        migrations: MIGRATIONS,
    };
    let restored = backup::restore(&wanted).await?;
    say(&format_args!("Восстановлено в {}. {}", args.data.display(), facts(&restored.manifest)));
    if restored.erased_again > 0 {
        let people = words::counted(
            i64::try_from(restored.erased_again).unwrap_or(i64::MAX),
            &["человек", "человека", "человек"],
        );
        say(&format_args!("Копия вернула удалённых из программы: {people}. Они удалены снова."));
    }
    warn(&restored.broken_journals);
    Ok(())
}

/// Says what is wrong with a restored journal; the copy itself is whole.
fn warn(broken_journals: &[Broken]) {
    for broken in broken_journals {
        say(&format_args!("Внимание: журнал действий был не цел уже в копии. {broken} Сообщите директору."));
    }
}

/// Carries everything into a new directory or database: a copy and its restore with a key that nobody keeps.
pub async fn carry(args: MoveArgs) -> Result<(), Trouble> {
    let source = DataArgs { data: args.data, database: args.database, key_file: None };
    // Opened, not joined: what is written after the copy would be left behind.
    let data = source.open().await?;
    let key =
        Key::fresh().map_err(|_| Trouble::new("Не удалось подготовить перенос: система не даёт случайных чисел."))?;
    let copy = source.data.join(format!("move-{}.backup", std::process::id()));
    backup::make(&data.db, &data.files, &key, &copy, Clock::system().now()).await?;
    let erased = erasures::everybody(&mut data.db.read().await?).await?;
    let wanted = Wanted {
        from: &copy,
        key: &key,
        data: &args.to_data,
        server: args.to_database.as_deref(),
        erased: &erased,
        migrations: MIGRATIONS,
    };
    let restored = backup::restore(&wanted).await;
    let _ = std::fs::remove_file(&copy);
    data.db.close().await;
    let restored = restored?;
    say(&format_args!("Перенесено и сверено. {}", facts(&restored.manifest)));
    warn(&restored.broken_journals);
    Ok(())
}

fn facts(manifest: &Manifest) -> String {
    let count = |n: u64, forms: &[&str; 3]| words::counted(i64::try_from(n).unwrap_or(i64::MAX), forms);
    let missing = match manifest.missing.len() {
        0 => String::new(),
        lost => format!(" На диске не нашлось {}.", count(lost as u64, &["файла", "файлов", "файлов"])),
    };
    let heads: Vec<String> =
        manifest.audit.iter().map(|head| format!("\nОтпечаток журнала действий: {}", head.head())).collect();
    format!(
        "{}: {}, {}; сумма {}.{missing}{}",
        manifest.made_at.format("%d.%m.%Y %H:%M UTC"),
        count(manifest.rows(), &["запись", "записи", "записей"]),
        count(manifest.files.len() as u64, &["файл", "файла", "файлов"]),
        manifest.content().chars().take(16).collect::<String>(),
        heads.concat(),
    )
}
