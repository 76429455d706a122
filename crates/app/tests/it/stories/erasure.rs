//! A person is erased: with an act, out of every table and file, and out of every older copy that is restored.

use super::{
    categories,
    papers::{made, print, register},
    participation::applications::{apply, path_on, poster},
    withdrawals::{SURNAME, signed, withdraw},
};
use crate::support::{Browser, Seen, Town, folk::Family, noon, scanner};
use database::{
    Db,
    Dialect::{self, Postgres, Sqlite},
    Place, args,
};
use nastavnik::{
    access::Role,
    audit,
    backup::{self, Key, Wanted},
    files::FileStore,
    router::MIGRATIONS,
};
use rstest::rstest;
use std::{fs, path::Path};
use uuid::Uuid;

/// What is written down as the reason.
const REASON: &str = "Заявление представителя от 20.11.2026";

/// Words that stand nowhere but in what is held about the family.
const WORDS: [&str; 3] = ["Щепкодралов", "щепкодралов", "Кузьмина"];

/// Keys with which something about somebody can be opened.
const KEYS: &str = "SELECT COUNT(*) FROM vault_keys WHERE school_id = $1 AND person_id = $2 AND sealed <> ''";

fn page_of(person: Uuid) -> String {
    format!("/people/{person}/erasure")
}

/// Sends the form of an erasure as its page draws it.
async fn sent(coordinator: &Browser, person: Uuid, changes: &[(&str, &str)]) -> Seen {
    let path = page_of(person);
    let form = coordinator.get(&path).await.form(&path).with("basis", "withdrawal").with("reason", REASON);
    let form = form.with("printed", "on");
    changes.iter().fold(form, |form, (name, value)| form.with(name, value)).send(coordinator).await
}

/// Erases somebody and returns the path of the act.
pub async fn erased(coordinator: &Browser, person: Uuid) -> String {
    sent(coordinator, person, &[]).await.must_be(303).location.clone().unwrap()
}

/// A family of which everything is held that can be, after the withdrawal.
async fn withdrawn_family(town: &Town, coordinator: &Browser) -> Family {
    let (family, consent) = signed(town, coordinator).await;
    categories::category(town, coordinator, &family).await;
    let photo = super::consents::ask(coordinator, family.child, "distribution").await;
    coordinator.post(&format!("{photo}/paper"), &[]).await.must_be(200);
    super::consent_links::link(coordinator, family.child, family.mother).await;
    let apply_to = path_on(&poster(town, "mentee", "2026-12-31").await);
    apply(town, &apply_to, &format!("{SURNAME} Зоя"), "6В").await.must_be(200);
    let list = format!("ФИО;Дата рождения;Класс\n{SURNAME} Зоя;31.02.2014;6В\nВербин Пётр;02.03.2014;6В\n");
    super::people_import::upload(coordinator, &[("6В.csv", list.as_bytes())]).await;
    withdraw(coordinator, &consent).await.must_be(200);
    family
}

/// Returns the lines of every table in which one of the words stands.
async fn lines_with(db: &Db, words: &[&str]) -> Vec<String> {
    let mut found = vec![];
    let mut tx = db.read().await.unwrap();
    for table in tx.tables().await.unwrap() {
        let note = |line: &str| {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}: {line}", table.name));
            }
            Ok::<_, database::Error>(())
        };
        tx.each_line(&table, note).await.unwrap();
    }
    found
}

/// Returns the files of a folder, however deep, in whose bytes one of the words stands.
fn files_with(dir: &Path, words: &[&str]) -> Vec<String> {
    let mut found = vec![];
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let is_with = words.iter().any(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes()));
        found.extend(is_with.then(|| path.display().to_string()));
    }
    found
}

async fn count(town: &Town, sql: &'static str, person: Uuid) -> i64 {
    town.look().await.one::<(i64,)>(sql, args![town.school().await, person]).await.unwrap().0
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_is_in_no_table_no_file_and_no_restored_copy(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = withdrawn_family(&town, &coordinator).await;
    let (dir, key) = (tempfile::tempdir().unwrap(), Key::fresh().unwrap());
    let copy = dir.path().join("copy.backup");
    backup::make(&town.app.db, &town.app.files, &key, &copy, noon()).await.unwrap();
    assert!(lines_with(&town.app.db, &WORDS).await.len() > 5, "before, the words stand in many tables");

    let page = coordinator.get(&page_of(family.child)).await;
    page.must_say("Исчезнет раздел «Строки загруженных списков»: 1 запись.")
        .must_say("Заявки")
        .must_say("Исчезнет раздел «Согласия»: 3 записи.")
        .must_say("Исчезнет раздел «Файлы: сканы")
        .must_say("номера не пропадали")
        .must_not_say(SURNAME);
    assert_eq!(count(&town, KEYS, family.child).await, 1);
    let act = erased(&coordinator, family.child).await;

    assert_eq!(lines_with(&town.app.db, &WORDS).await, [] as [&str; 0]);
    assert!(files_with(town.app.files.path_of("").as_path(), &WORDS).is_empty());
    assert!(files_with(town.app.files.path_of("").as_path(), &["%PDF-1.7"]).is_empty(), "no scan is kept");
    assert_eq!(count(&town, KEYS, family.child).await, 0);
    let consents = "SELECT COUNT(*) FROM consents
                    WHERE school_id = $1 AND person_id = $2 AND purpose = 'participation' AND withdrawn_on IS NOT NULL";
    assert_eq!(count(&town, consents, family.child).await, 1, "that there was a consent is proven");
    for (path, status) in [
        (format!("/people/{}", family.child), 404),
        (format!("/consents/withdrawn/{}", family.child), 404),
        (page_of(family.child), 404),
        (page_of(family.mother), 404),
    ] {
        coordinator.get(&path).await.must_be(status);
    }
    coordinator.get("/consents/withdrawn").await.must_say("Отзывов нет").must_not_say("уничтожены");
    let journal = town.browser(Role::Administrator).await.get("/journal?event=people.erased").await;
    journal.must_say("Найдено: 2 записи").must_say("Акт: № 1 от 22.11.2026").must_say("отзыв согласия");
    let head = audit::head(&mut town.look().await, town.school().await).await.unwrap();
    let verified = audit::verify(&mut town.look().await, town.school().await, None).await.unwrap();
    assert_eq!(verified, Ok(head));
    coordinator.get(&act).await.must_say(REASON).must_say(&family.child.to_string());

    let beside = backup::erasures_beside(&town.app.files.path_of("backups/any.backup")).unwrap();
    assert_eq!(beside.len(), 2, "the list is beside the copies at once");
    let data = dir.path().join("data");
    let wanted = Wanted { from: &copy, key: &key, data: &data, server: None, erased: &beside, migrations: MIGRATIONS };
    let restored = backup::restore(&wanted).await.unwrap();
    assert_eq!((restored.erased_again, restored.broken_journals.len()), (2, 0));
    let db = Db::open(&Place::File(data.join("nastavnik.db"))).await.unwrap();
    assert_eq!(lines_with(&db, &WORDS).await, [] as [&str; 0]);
    let school = town.school().await;
    let (again,): (i64,) = db
        .read()
        .await
        .unwrap()
        .one("SELECT COUNT(*) FROM audit_log WHERE school_id = $1 AND event = 'people.erased_again'", args![school])
        .await
        .unwrap();
    assert_eq!(again, 2);
    assert!(audit::verify(&mut db.read().await.unwrap(), school, None).await.unwrap().is_ok());
    db.close().await;
    assert_eq!(files_with(&data, &WORDS), [] as [&str; 0], "neither in files nor in free pages of the database");
    // The records that are left are whole: the restored school is copied again.
    let db = Db::open(&Place::File(data.join("nastavnik.db"))).await.unwrap();
    let files = FileStore::open(&data.join("files")).unwrap();
    let manifest = backup::make(&db, &files, &key, &dir.path().join("again.backup"), noon()).await.unwrap();
    assert_eq!(manifest.missing, Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn the_act_names_the_person_before_and_the_number_of_the_record_after(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (family, consent) = signed(&town, &coordinator).await;
    withdraw(&coordinator, &consent).await.must_be(200);
    let path = page_of(family.child);
    let form = coordinator.get(&path).await.form(&path).with("basis", "withdrawal");
    let mut draft = form.with("reason", REASON);
    draft.action = format!("{path}/act.docx");
    let paper = draft.send(&coordinator).await;
    for words in ["Щепкодралова Зоя Ильинична, запись №", "Кузьмина Раиса Ильинична", REASON, "Акт № 1", "22.11.2026"]
    {
        assert!(scanner::holds(&paper, words), "{words}");
    }
    let unexplained = draft.with("reason", "").send(&coordinator).await;
    unexplained.must_be(422).must_say("Заполните это поле");

    let act = erased(&coordinator, family.child).await;
    let number = family.child.to_string();
    for (file, words) in [
        ("act.docx", ["Акт № 1", &number, "Согласия"]),
        ("extract.docx", ["К акту № 1 от 22.11.2026", &number, "Сведения о человеке уничтожены"]),
    ] {
        let paper = coordinator.get(&format!("{act}/{file}")).await;
        for word in words {
            assert!(scanner::holds(&paper, word), "{file}: {word}");
        }
        assert!(!scanner::holds(&paper, SURNAME), "{file}");
        town.browser(Role::Head).await.get(&format!("{act}/{file}")).await.must_be(403);
    }
    town.browser(Role::Head).await.get("/people/erasures").await.must_say("№ 1").must_say("отзыв согласия");
    town.browser(Role::Head).await.get(&act).await.must_say("три года");
}

#[rstest]
#[tokio::test]
async fn nobody_is_erased_without_an_act_a_reason_and_a_way_free(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = town.family("Щепкодралова Зоя Ильинична", "Кузьмина Раиса Ильинична").await;
    coordinator.get(&page_of(family.child)).await.must_be(422).must_say("участвует в программе этого года");
    coordinator.get(&page_of(family.mother)).await.must_be(422).must_say("законный представитель ребёнка");
    town.takes_no_part(family.participation).await;
    coordinator.get(&page_of(family.child)).await.must_say("Щепкодралова Зоя").must_say("Кузьмина Раиса");
    for (field, value, sentence) in [
        ("printed", "", "напечатайте акт"),
        ("reason", "Заявление: Щепкодралова больше не учится", "Не называйте здесь фамилию"),
        ("basis", "", "Выберите причину"),
    ] {
        sent(&coordinator, family.child, &[(field, value)]).await.must_be(422).must_say(sentence);
    }
    sent(&coordinator, family.child, &[("version", "77")]).await.must_be(409);
    sent(&coordinator, family.child, &[("number", "9")]).await.must_be(422).must_say("номер акта заняли");
    coordinator.get(&format!("/people/{}", family.child)).await.must_say("Щепкодралова");

    let teacher = town.person("Дубова Вера Павловна", None, &["teacher"]).await;
    let mut tx = town.app.db.begin().await.unwrap();
    let account =
        "INSERT INTO staff (person_id, school_id, post, is_teaching, user_id) VALUES ($2, $1, 'учитель', TRUE, $3)";
    tx.run(account, args![town.school().await, teacher, town.user(Role::Contributor)]).await.unwrap();
    tx.commit().await.unwrap();
    coordinator.get(&page_of(teacher)).await.must_be(422).must_say("действует учётная запись");
    for role in Role::ALL.iter().filter(|role| **role != Role::Coordinator) {
        let seen = town.browser(*role).await.get(&page_of(family.child)).await;
        assert_eq!(seen.status, 403, "{role:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_representative_stays_as_long_as_another_child_is_there(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = town.family("Щепкодралова Зоя Ильинична", "Кузьмина Раиса Ильинична").await;
    town.takes_no_part(family.participation).await;
    let sister = town.person("Кузьмина Тая Ильинична", Some("2015-01-01"), &["pupil"]).await;
    town.represents(family.mother, sister).await;
    erased(&coordinator, family.child).await;
    coordinator
        .get(&format!("/people/{}", family.mother))
        .await
        .must_say("Кузьмина Раиса")
        .must_not_say("Сведения уничтожены");
    erased(&coordinator, sister).await;
    coordinator.get(&format!("/people/{}", family.mother)).await.must_be(404);
    coordinator.get("/people/erasures").await.must_say("№ 2").must_say("№ 1");
}

#[rstest]
#[tokio::test]
async fn a_draft_that_names_the_person_is_emptied_and_a_registered_list_is_kept_closed(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let gone = town.person("Щепкодралова Вера Павловна", None, &["teacher"]).await;
    let participation = town.takes_part(gone, "mentor").await;
    let other = town.person("Дубова Инна Львовна", None, &["teacher"]).await;
    town.takes_part(other, "mentor").await;
    let kept = made(&coordinator, "mentor-base").await;
    print(&coordinator, &kept).await;
    register(&coordinator, &kept, &[]).await.must_be(303);
    let draft = made(&coordinator, "potential-mentors").await;
    town.takes_no_part(participation).await;
    erased(&coordinator, gone).await;
    for paper in [&kept, &draft] {
        coordinator.get(paper).await.must_be(200).must_say("закрыт").must_not_say("Щепкодралова");
    }
    let left = lines_with(&town.app.db, &["Щепкодралов"]).await;
    assert_eq!(left.len(), 1, "the registered list alone: {left:?}");
    let renewed = coordinator.post(&format!("{draft}/renewal"), &[]).await;
    coordinator.follow(renewed).await.must_say("Дубова Инна").must_not_say("Щепкодралова");
}
