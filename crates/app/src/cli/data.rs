//! The data directory and the database behind a command.

use super::Trouble;
use crate::{
    access::{Hasher, Throttle},
    clock::Clock,
    files::FileStore,
    menu,
    router::MIGRATIONS,
    state::{App, WebSettings},
    worker::Worker,
};
use database::{Db, Place};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

/// What `--database` is for.
pub const DATABASE_HELP: &str =
    "Адрес PostgreSQL (postgres://…) или переменная NASTAVNIK_DATABASE; без них база SQLite лежит в папке данных";

/// Where a command finds its data.
#[derive(Debug, Clone, clap::Args)]
pub struct DataArgs {
    /// Папка с данными школы; создаётся, если её нет
    #[arg(long, value_name = "ПАПКА")]
    pub data: PathBuf,
    #[arg(long, value_name = "АДРЕС", env = "NASTAVNIK_DATABASE", hide_env = true, help = DATABASE_HELP)]
    pub database: Option<String>,
}

/// The data directory, held by this process alone.
pub struct Data {
    pub db: Db,
    files: FileStore,
    /// Released when the process ends, however it ends.
    _lock: File,
}

impl DataArgs {
    fn place(&self) -> Result<Place, Trouble> {
        match &self.database {
            None => Ok(Place::File(self.data.join("nastavnik.db"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Place::Server(url.clone()))
            }
            Some(_) => Err(Trouble::usage(
                "Адрес базы данных должен начинаться с postgres://, например postgres://сервер/наставник.",
            )),
        }
    }

    /// Takes the directory, opens the database and brings its schema up to date.
    pub async fn open(&self) -> Result<Data, Trouble> {
        let place = self.place()?;
        let lock = take_directory(&self.data)?;
        let db = Db::open(&place).await?;
        let applied = db.migrate(MIGRATIONS).await?;
        tracing::info!(applied, "the database is ready");
        let files = FileStore::open(&self.data.join("files")).map_err(|error| unusable(&self.data, &error))?;
        Ok(Data { db, files, _lock: lock })
    }
}

/// Makes the directory and locks it against a second program on the same data (security rule 20).
fn take_directory(dir: &Path) -> Result<File, Trouble> {
    std::fs::create_dir_all(dir).map_err(|error| unusable(dir, &error))?;
    let lock = File::create(dir.join("lock")).map_err(|error| unusable(dir, &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Trouble::new(format!(
            "С папкой {} уже работает другой «Наставник». Остановите его или укажите другую папку.",
            dir.display()
        ))),
        Err(TryLockError::Error(error)) => Err(unusable(dir, &error)),
    }
}

fn unusable(dir: &Path, error: &std::io::Error) -> Trouble {
    let reason = match error.kind() {
        std::io::ErrorKind::PermissionDenied => "нет прав на чтение и запись",
        std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => "это файл, а не папка",
        std::io::ErrorKind::StorageFull => "на диске нет места",
        std::io::ErrorKind::ReadOnlyFilesystem => "диск доступен только для чтения",
        _ => "она недоступна",
    };
    Trouble::new(format!("Папку данных {} использовать нельзя: {reason}.", dir.display()))
}

impl Data {
    /// Returns the program on this data.
    pub fn app(&self, clock: Clock, https: bool) -> Result<App, Trouble> {
        let program = std::env::current_exe().map_err(|_| Trouble::new("Не удалось узнать, где лежит программа."))?;
        Ok(App {
            db: self.db.clone(),
            clock,
            files: self.files.clone(),
            worker: Worker::new(program),
            hasher: Hasher::new(crate::access::Cost::Full),
            throttle: Throttle::default(),
            web: Arc::new(WebSettings { https, menu: menu::for_visitor }),
        })
    }
}
