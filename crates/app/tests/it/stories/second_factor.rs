//! Stories of the second factor: set up, asked for, lost.

use crate::support::{Browser, PASSWORD, Seen, Town, login_of};
use chrono::TimeDelta;
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{
    access::{self, Role},
    files::hex,
};
use rstest::rstest;
use sha2::{Digest as _, Sha256};
use totp_rs::{Builder, Secret};

const PAGE: &str = "/account/second-factor";

fn secrets(seen: &Seen) -> Vec<String> {
    let html = seen.html();
    let parts = html.split("<code class=\"secret\">").skip(1);
    parts.map(|part| part.split('<').next().unwrap().to_owned()).collect()
}

/// The telephone of somebody: shows the code of the moment.
pub struct Telephone(String);

impl Telephone {
    fn code(&self, town: &Town) -> String {
        let secret = Secret::try_from_base32(&self.0).unwrap();
        let counter = Builder::new().with_secret(secret).with_account_name("a").build().unwrap();
        let moment = u64::try_from(town.app.clock.now().timestamp()).unwrap();
        counter.generate(moment).to_string()
    }
}

/// Switches the factor on and returns the telephone with the codes for its loss.
pub async fn set_up(town: &Town, browser: &Browser) -> (Telephone, Vec<String>) {
    browser.get(PAGE).await.must_be(200).must_say("Поставьте на телефон").must_not_say("Ключ:");
    let page = browser.submit(PAGE, &[]).await;
    let telephone = Telephone(secrets(page.must_be(200).must_say("Ключ:"))[0].clone());
    assert!(page.html().contains("<svg class=\"qr\""));
    let done = browser.post(PAGE, &[("code", &telephone.code(town))]).await;
    done.must_be(200).must_say("Резервные коды показаны один раз");
    let codes = secrets(&done);
    assert_eq!(codes.len(), 10);
    // A code works once: the next one comes half a minute later.
    town.app.clock.pass(TimeDelta::seconds(60));
    (telephone, codes)
}

/// Gives the password and returns the browser that waits for a code.
async fn half_way(town: &Town, role: Role) -> Browser {
    let browser = town.stranger();
    let seen = browser.post("/sign-in", &[("login", &login_of(role, "")), ("password", PASSWORD)]).await;
    assert!(seen.location.as_deref().is_some_and(|path| path.starts_with("/sign-in/code")), "{:?}", seen.location);
    browser
}

async fn answer(browser: &Browser, code: &str) -> Seen {
    browser.post("/sign-in/code", &[("code", code)]).await
}

#[rstest]
#[tokio::test]
async fn a_password_alone_opens_nothing_once_the_factor_is_there(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    browser.post(PAGE, &[("code", "000000")]).await.must_be(404);
    let (telephone, _) = set_up(&town, &browser).await;
    browser.get(PAGE).await.must_say("Второй фактор включён. Осталось: 10 резервных кодов").must_not_say(&telephone.0);

    let waiting = half_way(&town, Role::Head).await;
    for page in ["/", "/people", "/account/password", PAGE] {
        let seen = waiting.get(page).await;
        assert!(seen.location.is_some_and(|path| path.starts_with("/sign-in")), "{page}");
    }
    waiting.get("/sign-in/code").await.must_be(200).must_say("Остался один шаг");
    answer(&waiting, "000000").await.must_be(422).must_say("Код не подошёл");
    let code = telephone.code(&town);
    let before = waiting.cookie("session");
    answer(&waiting, &code).await.must_be(303);
    assert_ne!(waiting.cookie("session"), before, "the session is another one now");
    waiting.get("/people").await.must_be(200);

    let again = half_way(&town, Role::Head).await;
    answer(&again, &code).await.must_be(422);
    let journal = town.browser(Role::Administrator).await.get("/journal?event=access.code_refused").await;
    journal.must_say("Найдено: 2 записи").must_not_say(&code);
}

#[rstest]
#[tokio::test]
async fn a_code_for_a_lost_telephone_works_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (telephone, codes) = set_up(&town, &town.browser(Role::Head).await).await;
    let waiting = half_way(&town, Role::Head).await;
    answer(&waiting, &codes[3].to_lowercase()).await.must_be(303);
    waiting.get(PAGE).await.must_say("Осталось: 9 резервных кодов");
    answer(&half_way(&town, Role::Head).await, &codes[3]).await.must_be(422);

    let new = waiting.post(&format!("{PAGE}/codes"), &[("code", &telephone.code(&town))]).await;
    assert_eq!(secrets(new.must_be(200)).len(), 10);
    answer(&half_way(&town, Role::Head).await, &codes[4]).await.must_be(422);
    answer(&half_way(&town, Role::Head).await, &secrets(&new)[0]).await.must_be(303);
    let kept: Vec<(String,)> = town.look().await.all("SELECT code_hash FROM recovery_codes", vec![]).await.unwrap();
    let digests: Vec<String> = secrets(&new).iter().map(|code| digest_of(code)).collect();
    assert!(kept.len() == 10 && kept.iter().all(|(sealed,)| !digests.contains(sealed)));
}

/// Returns what an earlier version kept instead of a code.
fn digest_of(code: &str) -> String {
    hex(&Sha256::digest(code.replace('-', "").as_bytes()))
}

#[rstest]
#[tokio::test]
async fn secrets_are_sealed_and_those_of_an_earlier_version_are_sealed_at_the_start(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let (telephone, codes) = set_up(&town, &town.browser(Role::Head).await).await;
    let held = async || {
        let mut tx = town.look().await;
        let secrets: Vec<(String,)> = tx.all("SELECT secret FROM second_factors", vec![]).await.unwrap();
        let hashes: Vec<(String,)> = tx.all("SELECT code_hash FROM recovery_codes", vec![]).await.unwrap();
        format!("{secrets:?} {hashes:?}")
    };
    assert!(!held().await.contains(&telephone.0));

    let head = town.user(Role::Head);
    let mut tx = town.app.db.begin().await.unwrap();
    let open = "UPDATE second_factors SET secret = $2, is_sealed = FALSE WHERE user_id = $1";
    tx.run(open, args![head, &telephone.0]).await.unwrap();
    tx.run("DELETE FROM recovery_codes WHERE user_id = $1", args![head]).await.unwrap();
    let code = "INSERT INTO recovery_codes (school_id, user_id, code_hash) VALUES ($1, $2, $3)";
    for one in &codes[..3] {
        tx.run(code, args![town.school().await, head, digest_of(one)]).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert!(held().await.contains(&telephone.0) && held().await.contains(&digest_of(&codes[1])));
    answer(&half_way(&town, Role::Head).await, &codes[0]).await.must_be(303);

    assert_eq!(access::actions::seal_earlier_secrets(&town.app).await.unwrap(), 4);
    assert_eq!(access::actions::seal_earlier_secrets(&town.app).await.unwrap(), 0);
    assert!(!held().await.contains(&telephone.0) && !held().await.contains(&digest_of(&codes[1])));
    answer(&half_way(&town, Role::Head).await, &codes[0]).await.must_be(422);
    answer(&half_way(&town, Role::Head).await, &codes[1]).await.must_be(303);
    answer(&half_way(&town, Role::Head).await, &telephone.code(&town)).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn without_the_key_file_no_code_is_right_and_the_administrator_is_told_why(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let (telephone, _) = set_up(&town, &town.browser(Role::Head).await).await;
    std::fs::rename(town.key_file(), town.key_file().with_extension("elsewhere")).unwrap();
    let restarted = town.restarted();
    restarted.post("/sign-in", &[("login", &login_of(Role::Head, "")), ("password", PASSWORD)]).await.must_be(303);
    answer(&restarted, &telephone.code(&town)).await.must_be(503).must_say("не найден файл ключа");
    // A new key file is not made beside what another one has sealed.
    let coordinator = town.restarted();
    coordinator.sign_in(&login_of(Role::Coordinator, ""), PASSWORD).await;
    coordinator.submit(PAGE, &[]).await.must_be(503).must_say("не найден файл ключа");
    std::fs::rename(town.key_file().with_extension("elsewhere"), town.key_file()).unwrap();
    let restarted = town.restarted();
    restarted.post("/sign-in", &[("login", &login_of(Role::Head, "")), ("password", PASSWORD)]).await.must_be(303);
    answer(&restarted, &telephone.code(&town)).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn the_way_between_password_and_code_ends_after_ten_minutes(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (telephone, _) = set_up(&town, &town.browser(Role::Head).await).await;
    let waiting = half_way(&town, Role::Head).await;
    town.app.clock.pass(TimeDelta::minutes(11));
    waiting.get("/sign-in/code").await.must_be(410);
    answer(&waiting, &telephone.code(&town)).await.must_be(410).must_say("Начать вход ещё раз");
    answer(&town.stranger(), &telephone.code(&town)).await.must_be(410);
}

#[rstest]
#[tokio::test]
async fn guessing_codes_is_slowed_down_for_the_person_and_nobody_else(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (telephone, _) = set_up(&town, &town.browser(Role::Head).await).await;
    let waiting = half_way(&town, Role::Head).await;
    for _ in 0..5 {
        answer(&waiting, "000000").await.must_be(422);
    }
    let slowed = answer(&waiting, &telephone.code(&town)).await;
    slowed.must_be(429).must_say("Попробуйте ещё раз через");
    assert!(slowed.headers.contains_key("retry-after"));
    town.browser(Role::Coordinator).await.get("/").await.must_be(200);
    town.app.clock.pass(TimeDelta::seconds(60));
    answer(&waiting, &telephone.code(&town)).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn the_administrator_takes_the_factor_away_when_a_telephone_is_lost(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    set_up(&town, &browser).await;
    let administrator = town.browser(Role::Administrator).await;
    let path = format!("/users/{}/second-factor", town.user(Role::Head));
    administrator.get(&path).await.must_be(200).must_say("убедитесь, что просит именно этот человек");
    administrator.post(&path, &[]).await.must_be(303);
    administrator.post(&path, &[]).await.must_be(422).must_say("нет второго фактора");
    assert_eq!(browser.get("/").await.status, 303, "the sessions have ended");
    town.browser(Role::Head).await.get(PAGE).await.must_say("Поставьте на телефон");
}

#[rstest]
#[tokio::test]
async fn who_opens_the_most_must_set_the_factor_up_within_a_week(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let settings = "/users/second-factor";
    administrator.get(settings).await.must_say("Второй фактор выключен: кто узнает пароль");
    administrator.post(settings, &[("demand", "roles")]).await.must_be(303);
    administrator.post(settings, &[("demand", "иногда")]).await.must_be(400);
    let head = town.browser(Role::Head).await;
    head.get(PAGE).await.must_say("Вашей роли нужен второй фактор: с 29.11.2026");
    head.get("/").await.must_be(200);
    town.days_pass(7);
    let (head, teacher) = (town.browser(Role::Head).await, town.browser(Role::ClassTeacher).await);
    for page in ["/", "/people", "/roadmap"] {
        assert_eq!(head.get(page).await.location.as_deref(), Some(PAGE), "{page}");
        assert_ne!(teacher.get(page).await.location.as_deref(), Some(PAGE), "{page}");
    }
    head.get("/account/password").await.must_be(200);
    set_up(&town, &head).await;
    head.get("/people").await.must_be(200);
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run("UPDATE access_settings SET second_factor = $1", args!["everybody"]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(teacher.get("/").await.location.as_deref(), Some(PAGE));
}

#[rstest]
#[tokio::test]
async fn a_factor_is_given_up_with_a_code_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    let (telephone, _) = set_up(&town, &browser).await;
    let removal = format!("{PAGE}/removal");
    browser.post(&removal, &[("code", "000000")]).await.must_be(422);
    browser.submit(&removal, &[("code", &telephone.code(&town))]).await.must_say("Второй фактор выключен");
    town.browser(Role::Head).await.get("/").await.must_be(200);
}
