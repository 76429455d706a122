//! The data directory and the database behind a command.

use super::{Trouble, mounts};
use crate::{
    access::{Hasher, Throttle},
    audit,
    backup::{Keeper, Occasion},
    clock::Clock,
    files::FileStore,
    jobs::Jobs,
    menu,
    router::{self, MIGRATIONS},
    serve::metrics::Metrics,
    state::{App, WebSettings},
    vault::{KeyFile, Vault},
    worker::Worker,
};
use database::{Db, Place, migrations_of};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

/// What `--database` is for.
pub const DATABASE_HELP: &str =
    "Адрес PostgreSQL (postgres://…) или переменная NASTAVNIK_DATABASE; без них база SQLite лежит в папке данных";

/// What `--key-file` is for.
const KEY_FILE_HELP: &str = "Файл ключа к закрытым сведениям или переменная NASTAVNIK_KEY_FILE; без них он лежит рядом с папкой данных и называется её именем с «.key»";

/// Where a command finds its data.
#[derive(Debug, Clone, clap::Args)]
pub struct DataArgs {
    /// Папка с данными школы; создаётся, если её нет
    #[arg(long, value_name = "ПАПКА")]
    pub data: PathBuf,
    #[arg(long, value_name = "АДРЕС", env = "NASTAVNIK_DATABASE", hide_env = true, help = DATABASE_HELP)]
    pub database: Option<String>,
    #[arg(long, value_name = "ФАЙЛ", env = "NASTAVNIK_KEY_FILE", hide_env = true, help = KEY_FILE_HELP)]
    pub key_file: Option<PathBuf>,
}

/// Where copies go; without both they stay with the data.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct BackupsArgs {
    /// Папка для резервных копий, лучше на другом диске; без ключа они лежат в папке данных
    #[arg(long, value_name = "ПАПКА")]
    pub backups: Option<PathBuf>,
    /// Файл ключа резервных копий (nastavnik backup key); без ключа он лежит в папке данных
    #[arg(long, value_name = "ФАЙЛ")]
    pub backup_key: Option<PathBuf>,
}

/// The data a command works on.
pub struct Data {
    /// Of every school: who runs commands on this machine may read the file of the database anyway.
    pub db: Db,
    pub files: FileStore,
    pub backups: Keeper,
    vault: Vault,
    /// Held by whoever serves; released when the process ends, however it ends.
    _lock: Option<File>,
}

impl DataArgs {
    pub fn place(&self) -> Result<Place, Trouble> {
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

    /// Returns the vault of the key file, which is read when it is needed first.
    fn vault(&self) -> Result<Vault, Trouble> {
        let file = match &self.key_file {
            Some(path) => KeyFile::at(path),
            None => KeyFile::beside(&self.data).map_err(|error| unusable(&self.data, &error))?,
        };
        if file.is_inside(&self.data) {
            return Err(Trouble::usage(
                "Файл ключа не должен лежать в папке данных: тогда её копия открывает закрытые сведения. Укажите другое место в --key-file.",
            ));
        }
        Ok(Vault::new(file))
    }

    /// Takes the directory for this program alone, opens the database and brings its schema up to date.
    pub async fn open(&self) -> Result<Data, Trouble> {
        self.open_with(&BackupsArgs::default()).await
    }

    /// Does the same with copies in a place of its own; before the schema changes, a copy is made (security rule 25).
    pub async fn open_with(&self, backups: &BackupsArgs) -> Result<Data, Trouble> {
        let (place, vault) = (self.place()?, self.vault()?);
        self.refuse_network(&place)?;
        let lock = take_directory(&self.data)?;
        let db = Db::open(&place).await?.of_every_school();
        let files = FileStore::open(&self.data.join("files")).map_err(|error| unusable(&self.data, &error))?;
        let backups = self.keeper(backups);
        let (had, known) = (db.migrations_applied().await?, migrations_of(db.dialect(), MIGRATIONS).len());
        if had > 0 && had < known {
            backups.make(&db, &files, Occasion::Update, Clock::system().now()).await?;
        }
        let applied = db.migrate(MIGRATIONS).await?;
        audit::chain_old_acts(&db).await?;
        tracing::info!(applied, "the database is ready");
        Ok(Data { db, files, backups, vault, _lock: Some(lock) })
    }

    /// Refuses a file of SQLite on another machine's disk (security rule 20).
    fn refuse_network(&self, place: &Place) -> Result<(), Trouble> {
        match (place, mounts::network_kind(&self.data)) {
            (Place::File(_), Some(kind)) => Err(Trouble::new(format!(
                "Папка {} лежит на сетевом диске ({kind}): база данных там рано или поздно испортится. Выберите папку на диске этого компьютера.",
                self.data.display()
            ))),
            _ => Ok(()),
        }
    }

    fn keeper(&self, args: &BackupsArgs) -> Keeper {
        Keeper::new(&self.data, args.backups.as_deref(), args.backup_key.as_deref(), MIGRATIONS)
    }

    /// Opens data that another program may be serving: takes no lock and leaves the schema as it is.
    ///
    /// Both databases let several programs in at a time; the lock only keeps a second server away.
    pub async fn join(&self) -> Result<Data, Trouble> {
        let (place, vault) = (self.place()?, self.vault()?);
        if let Place::File(path) = &place
            && !path.exists()
        {
            return Err(Trouble::new(format!(
                "В папке {} нет данных «Наставника». Создайте их командой serve или demo.",
                self.data.display()
            )));
        }
        let db = Db::open(&place).await?.of_every_school();
        let (applied, known) = (db.migrations_applied().await?, migrations_of(db.dialect(), MIGRATIONS).len());
        if applied > known {
            return Err(database::Error::Newer(i64::try_from(applied).unwrap_or(i64::MAX)).into());
        }
        if applied < known {
            return Err(Trouble::new("База данных старше программы. Обновите её командой nastavnik migrate."));
        }
        let files = FileStore::open(&self.data.join("files")).map_err(|error| unusable(&self.data, &error))?;
        Ok(Data { db, files, backups: self.keeper(&BackupsArgs::default()), vault, _lock: None })
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
            vault: self.vault.clone(),
            worker: Worker::new(program),
            jobs: Jobs::of(router::JOBS),
            hasher: Hasher::new(crate::access::Cost::Full),
            throttle: Throttle::default(),
            provider: None,
            backups: self.backups.clone(),
            metrics: Metrics::default(),
            web: Arc::new(WebSettings { https, menu: menu::for_visitor }),
        })
    }
}
