//! Copies and the way back: made while people work, refused when a bit is wrong, the same on either database.

use crate::support::{Browser, Town, noon};
use chrono::TimeDelta;
use database::{Db, Dialect, Place, args, testing::TestDatabase};
use nastavnik::{
    access::Role,
    audit::{self, Broken},
    backup::{self, AuditHead, Key, Manifest, Occasion, Shelf, Trouble, Wanted},
    erasures,
    files::{FileStore, Upload},
    router::MIGRATIONS,
};
use rstest::rstest;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A school with records and a file, and a copy of it.
struct Kept {
    town: Town,
    dir: TempDir,
    key: Key,
    copy: PathBuf,
    manifest: Manifest,
}

impl Kept {
    async fn on(dialect: Dialect) -> Self {
        Self::of(super::demo::school(dialect).await.0).await
    }

    async fn of(town: Town) -> Self {
        let (dir, key) = (tempfile::tempdir().unwrap(), Key::fresh().unwrap());
        let copy = dir.path().join("copy.backup");
        let manifest = backup::make(&town.app.db, &town.app.files, &key, &copy, noon()).await.unwrap();
        Self { town, dir, key, copy, manifest }
    }

    fn wanted<'a>(&'a self, data: &'a Path, server: Option<&'a str>) -> Wanted<'a> {
        Wanted { from: &self.copy, key: &self.key, data, server, erased: &[], migrations: MIGRATIONS }
    }
}

async fn empty_server() -> (TestDatabase, String) {
    let database = TestDatabase::new(Dialect::Postgres, &[]).await;
    let Place::Server(url) = &database.place else { panic!("PostgreSQL was asked for") };
    let url = url.clone();
    (database, url)
}

/// Copies a restored directory again: what it says of itself must be what the first copy said.
async fn copied_again(db: &Db, files: &Path, key: &Key) -> Manifest {
    let dir = tempfile::tempdir().unwrap();
    let store = FileStore::open(files).unwrap();
    backup::make(db, &store, key, &dir.path().join("again.backup"), noon()).await.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_school_moves_to_the_other_database_and_back_with_every_record_and_file(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let kept = Kept::on(dialect).await;
    assert!(kept.manifest.rows() > 500 && kept.manifest.files.len() > 3, "{} rows", kept.manifest.rows());
    assert_eq!(kept.manifest.missing, Vec::<String>::new());
    let school = kept.town.school().await;
    let printed = audit::head(&mut kept.town.look().await, school).await.unwrap();
    assert_eq!(kept.manifest.audit.iter().map(AuditHead::head).collect::<Vec<_>>(), std::slice::from_ref(&printed));
    let (_server, url) = empty_server().await;
    let there = kept.dir.path().join("there");
    let server = (dialect == Dialect::Sqlite).then_some(url.as_str());
    let restored = backup::restore(&kept.wanted(&there, server)).await.unwrap();
    assert_eq!(restored.broken_journals, []);

    let place = server.map_or_else(|| Place::File(there.join("nastavnik.db")), |url| Place::Server(url.to_owned()));
    let db = Db::open(&place).await.unwrap().of_every_school();
    let moved = copied_again(&db, &there.join("files"), &kept.key).await;
    assert_eq!(moved.content(), kept.manifest.content());
    assert_eq!(
        moved.tables,
        kept.manifest
            .tables
            .iter()
            .map(|part| {
                // The order of rows, and so the bytes of a part, may differ; what is in it may not.
                let same = moved.tables.iter().find(|other| other.table == part.table).unwrap();
                assert_eq!((same.rows, &same.content), (part.rows, &part.content), "{}", part.table.name);
                same.clone()
            })
            .collect::<Vec<_>>()
    );
    assert_eq!(sorted(&moved), sorted(&kept.manifest));
    let carried = audit::verify(&mut db.read().await.unwrap(), school, Some(&printed)).await.unwrap();
    assert_eq!(carried, Ok(printed), "the chain is whole where it has moved to");
    db.close().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_was_rewritten_before_a_copy_is_restored_and_told_of(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = Town::on(dialect).await;
    let school = town.school().await;
    let mut tx = town.app.db.begin().await.unwrap();
    let forged = "UPDATE audit_log SET actor_name = 'Рябинин Лев' WHERE school_id = $1 AND place = 2";
    assert_eq!(tx.run(forged, args![school]).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let kept = Kept::of(town).await;
    let restored = backup::restore(&kept.wanted(&kept.dir.path().join("data"), None)).await.unwrap();
    assert!(matches!(restored.broken_journals[..], [Broken::Changed { place: 2, .. }]), "{restored:?}");
}

fn sorted(manifest: &Manifest) -> Vec<(String, String)> {
    let mut files: Vec<_> = manifest.files.iter().map(|file| (file.stored_as.clone(), file.sha256.clone())).collect();
    files.sort_unstable();
    files
}

/// Numbers from a seed: the same damage in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: usize) -> usize {
        // xorshift64*: https://www.jstatsoft.org/article/view/v008i14
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % most
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_damaged_copies_are_all_refused_before_anything_is_touched() {
    let kept = Kept::of(Town::on(Dialect::Sqlite).await).await;
    let whole = fs::read(&kept.copy).unwrap();
    let data = kept.dir.path().join("data");
    fs::create_dir(&data).unwrap();
    let mut chance = Seeded(2026);
    for n in 0..1000 {
        let mut damaged = whole.clone();
        match n % 4 {
            0 => damaged.truncate(chance.below(whole.len())),
            1 => damaged.extend([0; 7]),
            _ => {
                let (at, bit) = (chance.below(whole.len()), chance.below(8));
                damaged[at] ^= 1 << bit;
            }
        }
        fs::write(&kept.copy, &damaged).unwrap();
        let refused = backup::restore(&kept.wanted(&data, None)).await.map(|_| ());
        assert!(
            matches!(refused, Err(Trouble::Damaged(_) | Trouble::NotABackup | Trouble::OtherKey { .. })),
            "damage {n}: {refused:?}"
        );
        assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "damage {n} touched the directory");
    }
    let beside: Vec<_> = fs::read_dir(kept.dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "nothing half-built is left: {beside:?}");
    fs::write(&kept.copy, &whole).unwrap();
    backup::restore(&kept.wanted(&data, None)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_goes_only_where_nothing_is() {
    let kept = Kept::of(Town::on(Dialect::Sqlite).await).await;
    let data = kept.dir.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("заметка.txt"), "не трогать").unwrap();
    let refused = backup::restore(&kept.wanted(&data, None)).await;
    assert!(matches!(refused, Err(Trouble::Occupied(_))), "{refused:?}");
    assert_eq!(fs::read_to_string(data.join("заметка.txt")).unwrap(), "не трогать");

    let (server, url) = empty_server().await;
    server.db.migrate(MIGRATIONS).await.unwrap();
    let other = kept.dir.path().join("other");
    let refused = backup::restore(&kept.wanted(&other, Some(&url))).await;
    assert!(matches!(refused, Err(Trouble::DatabaseOccupied)), "{refused:?}");
    assert!(!other.exists(), "a refused restore leaves nothing");

    let wanted = Wanted { key: &Key::fresh().unwrap(), ..kept.wanted(&other, None) };
    assert!(matches!(backup::restore(&wanted).await, Err(Trouble::OtherKey { .. })));
    let older: &'static [database::Migration] = &MIGRATIONS[..5];
    let wanted = Wanted { migrations: older, ..kept.wanted(&other, None) };
    assert!(matches!(backup::restore(&wanted).await, Err(Trouble::Newer)));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_every_older_schema_is_restored_and_brought_up_to_date(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let key = Key::fresh().unwrap();
    let numbers: Vec<i64> = database::migrations_of(dialect, MIGRATIONS).iter().map(|(number, ..)| *number).collect();
    for known in [2, 4, numbers.len() - 1] {
        let dir = tempfile::tempdir().unwrap();
        let server = empty_server().await;
        let place = match dialect {
            Dialect::Sqlite => Place::File(dir.path().join("old.db")),
            Dialect::Postgres => Place::Server(server.1.clone()),
        };
        let old = Db::open(&place).await.unwrap().of_every_school();
        old.migrate_as(MIGRATIONS, &numbers[..known]).await.unwrap();
        let mut tx = old.begin().await.unwrap();
        let sql = "
            INSERT INTO schools (id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone,
                                 created_at, version)
            VALUES ($1, 'Школа', 'Школа', 'school', FALSE, '', '', '', '', 'Europe/Moscow', $2, 1)";
        tx.run(sql, args![uuid::Uuid::now_v7(), noon()]).await.unwrap();
        tx.commit().await.unwrap();
        let files = FileStore::open(&dir.path().join("files")).unwrap();
        let copy = dir.path().join("old.backup");
        backup::make(&old, &files, &key, &copy, noon()).await.unwrap();
        old.close().await;

        let data = dir.path().join("data");
        let wanted = Wanted { from: &copy, key: &key, data: &data, server: None, erased: &[], migrations: MIGRATIONS };
        backup::restore(&wanted).await.unwrap();
        let db = Db::open(&Place::File(data.join("nastavnik.db"))).await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(tx.migrations().await.unwrap(), numbers, "from {known} files");
        assert_eq!(tx.one::<(String,)>("SELECT name FROM schools", vec![]).await.unwrap().0, "Школа");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_after_a_copy_does_not_come_back_with_it(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = Town::on(dialect).await;
    let child = town.person("Ивушкина Анна Петровна", Some("2014-03-08"), &["pupil"]).await;
    let other = town.person("Берёзкин Пётр Ильич", Some("2014-05-01"), &["pupil"]).await;
    let school = town.school().await;
    let kept = Kept::of(town).await;
    let mut tx = kept.town.app.db.begin().await.unwrap();
    erasures::note(&mut tx, school, child, noon()).await.unwrap();
    erasures::note(&mut tx, school, child, noon()).await.unwrap();
    let erased = erasures::everybody(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(erased.len(), 1, "noted once");
    let shelf = Shelf::at(kept.dir.path().to_owned());
    shelf.keep_erasures(&erased).unwrap();
    shelf.keep_erasures(&[]).unwrap();
    let beside = backup::erasures_beside(&kept.copy).unwrap();
    assert_eq!(beside, erased, "the list lies beside the copies and only grows");

    let data = kept.dir.path().join("data");
    let restored = backup::restore(&Wanted { erased: &beside, ..kept.wanted(&data, None) }).await.unwrap();
    assert_eq!(restored.erased_again, 1);
    let db = Db::open(&Place::File(data.join("nastavnik.db"))).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let names: Vec<(String,)> = tx.all("SELECT surname FROM people ORDER BY surname", vec![]).await.unwrap();
    assert_eq!(names, [("Берёзкин".to_owned(),)], "{other}");
    assert_eq!(erasures::everybody(&mut tx).await.unwrap(), erased);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn copies_are_made_while_people_write_and_each_is_one_moment(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = Town::on(dialect).await;
    let school = town.school().await;
    let app = town.app.clone();
    let writing = tokio::spawn(async move {
        for n in 0..60 {
            let upload = Upload { name: format!("Приказ {n}.pdf"), bytes: format!("%PDF-1.7 {n}").into_bytes() };
            let file = app.files.keep(&upload, noon()).await.unwrap();
            let mut tx = app.db.begin().await.unwrap();
            let sql = "
                INSERT INTO files (id, school_id, name, media_type, size, sha256, stored_as, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            let facts =
                args![file.id, school, file.name, file.media_type, file.size, file.sha256, file.stored_as, noon()];
            tx.run(sql, facts).await.unwrap();
            tx.commit().await.unwrap();
        }
    });
    let mut seen = 0;
    while !writing.is_finished() {
        let kept = backup_of(&town).await;
        assert_eq!(kept.missing, Vec::<String>::new(), "every file of that moment is there");
        assert!(kept.files.len() >= seen);
        seen = kept.files.len();
    }
    writing.await.unwrap();
    assert_eq!(backup_of(&town).await.files.len(), 60);
}

async fn backup_of(town: &Town) -> Manifest {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::fresh().unwrap();
    backup::make(&town.app.db, &town.app.files, &key, &dir.path().join("c.backup"), noon()).await.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_makes_a_copy_and_tries_it(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = Town::on(dialect).await;
    let administrator = town.browser(Role::Administrator).await;
    administrator.get("/backups").await.must_say("Копий ещё нет");
    administrator.submit("/backups/trial", &[]).await.must_say("Копий пока нет: проверять нечего");
    let made = administrator.submit("/backups", &[]).await;
    made.must_say("Копия сделана и прочитана заново");
    made.must_say("столько прошло с последней резервной копии");
    made.must_say("Восстановление ещё ни разу не проверено");
    made.must_say("Копии или их ключ лежат рядом с самими данными");
    let tried = administrator.submit("/backups/trial", &[]).await;
    tried.must_say("совпала с описью");
    tried.must_say("восстановление проверено");
    administrator.get("/journal").await.must_say("Проверено восстановление из резервной копии");
    town.days_pass(8);
    let administrator: Browser = town.browser(Role::Administrator).await;
    administrator.get("/backups").await.must_say("Копии не делаются");
    let copy = town.app.backups.standing().unwrap().copies.remove(0).path;
    fs::write(&copy, "испорчено").unwrap();
    administrator.submit("/backups/trial", &[]).await.must_say("Это не резервная копия");
    administrator.get("/backups").await.must_say("не восстановилась");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_makes_a_copy_a_day_and_a_trial_a_month_by_itself() {
    let town = Town::on(Dialect::Sqlite).await;
    let daily = |town: &Town| {
        let copies = town.app.backups.standing().unwrap().copies;
        copies.into_iter().filter(|copy| copy.occasion == Occasion::Daily).collect::<Vec<_>>()
    };
    backup::tend(&town.app).await.unwrap();
    backup::tend(&town.app).await.unwrap();
    let first = daily(&town);
    assert_eq!(first.len(), 1, "one a day");
    let trial = first[0].label.as_ref().unwrap().trial.clone().unwrap();
    assert_eq!(trial.trouble, None);
    for _ in 0..12 {
        town.days_pass(1);
        backup::tend(&town.app).await.unwrap();
    }
    let copies = daily(&town);
    assert!((7..=9).contains(&copies.len()), "{}", copies.len());
    assert_eq!(town.app.clock.now() - copies[0].made_at, TimeDelta::zero());
    assert!(copies[0].label.as_ref().unwrap().trial.is_none(), "a trial a month is enough");
}
