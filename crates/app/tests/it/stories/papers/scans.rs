//! Signed papers come home as a stack of scans.
//!
//! A stack is what was printed: the reading process draws it at 200 dots per inch. How askew, noisy and dim sheets are
//! read is shown in `crates/scans`.

use super::{made, print, said};
use crate::{
    stories::{
        consents::{ask, sign},
        withdrawals::withdraw,
    },
    support::{Browser, Seen, Town, folk::Family, scanner::holds},
};
use chrono::NaiveDate;
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use documents::block::{Block, Document, Page, Paragraph};
use nastavnik::{access::Role, jobs};
use rstest::rstest;
use std::io::Write as _;

/// A family whose consent was printed.
struct Printed {
    town: Town,
    coordinator: Browser,
    family: Family,
    consent: String,
    paper: String,
    pile: Vec<u8>,
}

impl Printed {
    async fn on(dialect: Dialect) -> Self {
        let town = Town::on(dialect).await;
        let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
        let coordinator = town.browser(Role::Coordinator).await;
        let consent = ask(&coordinator, family.child, "participation").await;
        let pile = coordinator.post(&format!("{consent}/paper"), &[]).await.bytes;
        let paper = coordinator.get("/papers").await.links("/papers/0").remove(0);
        Self { town, coordinator, family, consent, paper, pile }
    }

    /// Uploads files, has them read, and returns the path of the stack.
    async fn uploaded(&self, files: &[(&str, &[u8])]) -> String {
        let sent = self.coordinator.upload_all("/papers/scans", &[], files).await;
        let job = sent.must_be(303).location.clone().unwrap();
        self.town.work().await;
        let page = self.coordinator.get(&job).await;
        page.must_say("готово");
        self.coordinator.get(&format!("{job}/result")).await.location.expect("the job leads to its stack")
    }

    /// Counts the acts of a kind in the journal.
    async fn acts(&self, event: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM audit_log WHERE school_id = $1 AND event = $2";
        self.town.look().await.one::<(i64,)>(sql, args![self.town.school().await, event]).await.unwrap().0
    }
}

/// Confirms what a stack offers, having looked at the signatures.
async fn confirm(browser: &Browser, stack: &str) -> Seen {
    browser.get(stack).await.form(stack).with("seen", "on").with("signed_on", "2026-11-20").send(browser).await
}

/// Writes sheets without a code.
fn plain(pages: usize) -> Vec<u8> {
    let sheet = Document::new("Лист", Page::portrait()).with(Block::Paragraph(Paragraph::text("Подписи сторон")));
    documents::pdf::write_all(&vec![sheet; pages], NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()).unwrap()
}

#[rstest]
#[tokio::test]
async fn a_stack_finds_its_papers_and_one_confirmation_signs_them(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let coordinator = &printed.coordinator;
    let kept = printed.town.bytes_kept();
    let stack = printed.uploaded(&[("6В.pdf", &printed.pile)]).await;
    coordinator.get("/papers").await.must_say("1 страница сканов ждёт разбора").must_say("Разобрать сканы");
    let review = coordinator.get(&stack).await;
    review
        .must_say("Готово к раскладке: 1")
        .must_say("Ивушкина Анна Петровна")
        .must_say("Ивушкина Ольга Львовна (мать)");
    coordinator.get(&printed.paper).await.must_say("Состояние напечатан");
    let form = review.form(&stack).with("signed_on", "2026-11-20");
    form.send(coordinator).await.must_be(422).must_say("Отметьте, что подписи на листах есть");
    let form = form.with("seen", "on");
    let filed = form.send(coordinator).await;
    said(coordinator, filed).await.must_say("Разложено: 1 документ подписан").must_say("Сканы разобраны");
    let again = form.send(coordinator).await;
    said(coordinator, again).await.must_say("разложено всё, что отмечено");
    assert_eq!((printed.acts("consents.signed").await, printed.acts("paperwork.signed").await), (1, 1));
    coordinator.get(&printed.consent).await.must_say("Подписано 20.11.2026").must_say("Ивушкина Ольга Львовна (мать)");
    coordinator.get(&printed.paper).await.must_say("Состояние подписан").must_say("Скачать скан");
    let copy = coordinator.get(&format!("{}/scan", printed.paper)).await;
    assert!(copy.must_be(200).bytes.starts_with(b"%PDF-"));
    assert_eq!(printed.town.bytes_kept(), kept + 1, "of the upload only the signed copy is left");
    coordinator.get("/papers").await.must_not_say("Разобрать сканы");
}

#[rstest]
#[tokio::test]
async fn the_same_files_uploaded_again_change_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let coordinator = &printed.coordinator;
    let files: [(&str, &[u8]); 1] = [("6В.pdf", &printed.pile)];
    let stack = printed.uploaded(&files).await;
    let same = coordinator.upload_all("/papers/scans", &[], &files).await;
    assert_eq!(same.must_be(303).location.as_deref(), Some(stack.as_str()));
    confirm(coordinator, &stack).await.must_be(303);
    let second = printed.uploaded(&files).await;
    let review = coordinator.get(&second).await;
    review.must_say("Готово к раскладке: 0").must_say("Уже подписан, скан приложен раньше");
    let done = review.form(&second).send(coordinator).await;
    said(coordinator, done).await.must_say("Сканы разобраны");
    assert_eq!(printed.acts("consents.signed").await + printed.acts("consents.corrected").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_sheet_without_a_code_is_filed_by_hand_turned_down_or_left(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let coordinator = &printed.coordinator;
    let stack = printed.uploaded(&[("Без кода.pdf", &plain(3))]).await;
    let review = coordinator.get(&stack).await;
    review.must_say("Листов без документа: 3").must_say("Кода на листе нет");
    let mut sheets = review.links(&format!("{stack}/pages/"));
    sheets.dedup();
    let (mine, dropped) = (sheets[0].clone(), sheets.last().unwrap().clone());
    let page = coordinator.get(&format!("{mine}?q=%D0%B8%D0%B2%D1%83%D1%88")).await;
    page.must_say("Ивушкина Анна Петровна").must_say("Документ не указан");
    assert!(coordinator.get(&format!("{mine}/picture")).await.must_be(200).bytes.starts_with(b"\xFF\xD8\xFF"));
    coordinator.get(&format!("{mine}?q=%D0%AF%D1%8F%D1%8F")).await.must_say("Не найдено");
    let paper = printed.paper.rsplit('/').next().unwrap();
    for _ in 0..2 {
        let chosen = coordinator.post(&mine, &[("act", "paper"), ("paper", paper)]).await;
        said(coordinator, chosen).await.must_say("Готово к раскладке: 1").must_say("указано вручную");
    }
    assert_eq!(printed.acts("scans.decided").await, 1, "the same decision twice is one");
    let down = coordinator.post(&dropped, &[("act", "drop")]).await;
    said(coordinator, down).await.must_say("Листов без документа: 1").must_say("Убранные листы: 1");
    let filed = confirm(coordinator, &stack).await;
    said(coordinator, filed).await.must_say("Листов без документа: 1").must_not_say("Убранные листы");
    coordinator.get(&printed.paper).await.must_say("Состояние подписан");
    let asked = coordinator.get(&format!("{stack}/removal")).await;
    asked.must_say("1 страница").form(&format!("{stack}/removal")).send(coordinator).await.must_be(303);
    coordinator.get(&stack).await.must_say("Сканы разобраны");
}

#[rstest]
#[tokio::test]
async fn a_file_that_cannot_be_read_names_itself_and_leaves_the_others_alone(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    // A picture that says it is 20 000 dots wide and high.
    let mut huge = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x4E\x20\0\0\x4E\x20\x08\0\0\0\0".to_vec();
    huge.extend([0_u8; 4]);
    let mut nested = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    nested.start_file("ещё.zip", zip::write::SimpleFileOptions::default()).unwrap();
    nested.write_all(b"PK\x03\x04").unwrap();
    let nested = nested.finish().unwrap().into_inner();
    let files: [(&str, &[u8]); 4] =
        [("Письмо.html", b"<html>"), ("Архив.zip", &nested), ("Фото.png", &huge), ("6В.pdf", &printed.pile)];
    let stack = printed.uploaded(&files).await;
    let review = printed.coordinator.get(&stack).await;
    review.must_say("«Письмо.html» прочитан не полностью").must_say("Формат файла не поддерживается");
    review.must_say("«Архив.zip» прочитан не полностью").must_say("распакуйте его");
    review.must_say("Фото.png, страница 1").must_say("Готово к раскладке: 1");
    confirm(&printed.coordinator, &stack).await.must_be(303);
    printed.coordinator.get(&printed.paper).await.must_say("Состояние подписан");
    printed.coordinator.upload_all("/papers/scans", &[], &[]).await.must_be(422).must_say("Выберите файлы");
    let sent = printed.coordinator.upload_all("/papers/scans", &[], &[("Письмо.html", &b"<html>"[..])]).await;
    let job = sent.must_be(303).location.clone().unwrap();
    printed.town.work().await;
    printed.coordinator.get(&job).await.must_say("Ни одного листа не прочитано");
}

#[rstest]
#[tokio::test]
async fn a_paper_of_several_pages_comes_home_whole(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let coordinator = &printed.coordinator;
    let order = made(coordinator, "introduction-order").await;
    let sheets = print(coordinator, &order).await.bytes;
    let stack = printed.uploaded(&[("Приказ.pdf", &sheets)]).await;
    let review = coordinator.get(&stack).await;
    review.must_say("Готово к раскладке: 1").must_say("Листов без документа: 0").must_say("(без кода)");
    let mut pages = review.links(&format!("{stack}/pages/"));
    pages.dedup();
    let pages = pages.len();
    assert!(pages > 1, "an order takes several pages");
    confirm(coordinator, &stack).await.must_be(303);
    let copy = coordinator.get(&format!("{order}/scan")).await.bytes;
    let count = format!("/Count {pages}");
    assert!(copy.windows(count.len()).any(|part| part == count.as_bytes()), "{pages} pages");
    coordinator.get(&order).await.must_say("Состояние подписан").must_say("Подписан 20.11.2026");
}

#[rstest]
#[tokio::test]
async fn nothing_is_shown_of_somebody_who_has_withdrawn(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let coordinator = &printed.coordinator;
    let photo = ask(coordinator, printed.family.child, "distribution").await;
    sign(coordinator, &printed.consent, printed.family.mother).await.must_be(303);
    let pile = coordinator.post(&format!("{photo}/paper"), &[]).await.bytes;
    let stack = printed.uploaded(&[("Стопка.pdf", &pile)]).await;
    let review = coordinator.get(&stack).await;
    review.must_say("Ивушкина Анна Петровна");
    let page = review.links(&format!("{stack}/pages/")).remove(0);
    let form = review.form(&stack).with("seen", "on").with("signed_on", "2026-11-20");
    withdraw(coordinator, &printed.consent).await.must_say("Карточка отзыва");
    for path in [page.clone(), format!("{page}/picture")] {
        coordinator.get(&path).await.must_be(404);
    }
    let shown = coordinator.get(&stack).await;
    assert!(!holds(&shown, "Ивушкин"));
    shown.must_say("Согласие отозвано или документ закрыт").must_say("Готово к раскладке: 0");
    assert!([404, 409].contains(&form.send(coordinator).await.status), "what was shown before is not filed any more");
    let over = shown.form(&stack).send(coordinator).await;
    said(coordinator, over).await.must_say("Сканы разобраны");
    assert_eq!(printed.acts("paperwork.signed").await, 0);
}

#[rstest]
#[tokio::test]
async fn whose_the_stack_is_decides_who_sees_and_files_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let stack = printed.uploaded(&[("6В.pdf", &printed.pile)]).await;
    let head = printed.town.browser(Role::Head).await;
    head.get(&stack).await.must_say("Подписи в согласиях вносит куратор").must_say("Готово к раскладке: 0");
    for role in [Role::ClassTeacher, Role::Inspector, Role::Administrator, Role::GroupCurator] {
        printed.town.browser(role).await.get(&stack).await.must_be(403);
    }
    printed.town.neighbour().await;
    let stranger = printed.town.stranger();
    stranger.sign_in("coordinator-2", crate::support::PASSWORD).await;
    stranger.get(&stack).await.must_be(404);
    let sent = stranger.upload_all("/papers/scans", &[], &[("6В.pdf", &printed.pile)]).await;
    let job = sent.must_be(303).location.clone().unwrap();
    printed.town.work().await;
    let theirs = stranger.get(&format!("{job}/result")).await.location.unwrap();
    let foreign = stranger.get(&theirs).await;
    foreign.must_say("Код не из вашей школы").must_say("Готово к раскладке: 0").must_not_say("Ивушкина");
}

#[rstest]
#[tokio::test]
async fn a_stack_nobody_files_is_forgotten_after_a_week(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let kept = printed.town.bytes_kept();
    let stack = printed.uploaded(&[("6В.pdf", &printed.pile)]).await;
    assert_eq!(printed.town.bytes_kept(), kept + 1, "the picture of the page; what was sent is read and gone");
    printed.town.days_pass(6);
    jobs::forget_old(&printed.town.app).await.unwrap();
    printed.town.browser(Role::Coordinator).await.get(&stack).await.must_say("Готово к раскладке: 1");
    printed.town.days_pass(2);
    jobs::forget_old(&printed.town.app).await.unwrap();
    printed.town.browser(Role::Coordinator).await.get(&stack).await.must_be(404);
    assert_eq!(printed.town.bytes_kept(), kept);
}

#[rstest]
#[tokio::test]
async fn what_a_colleague_has_decided_meanwhile_is_not_filed_over(#[values(Sqlite, Postgres)] on: Dialect) {
    let printed = Printed::on(on).await;
    let coordinator = &printed.coordinator;
    let stack = printed.uploaded(&[("6В.pdf", &printed.pile)]).await;
    let review = coordinator.get(&stack).await;
    let form = review.form(&stack).with("seen", "on").with("signed_on", "2026-11-20");
    let page = review.links(&format!("{stack}/pages/")).remove(0);
    let colleague = printed.town.browser(Role::Coordinator).await;
    colleague.post(&page, &[("act", "drop")]).await.must_be(303);
    form.send(coordinator).await.must_be(409);
    coordinator.get(&printed.paper).await.must_say("Состояние напечатан");
    colleague.post(&page, &[("act", "burn")]).await.must_be(404);
}

/// Uploads a sheet without a code and returns its stack and its page.
pub async fn stack_with_a_page(town: &Town, coordinator: &Browser) -> [(&'static str, String); 2] {
    let job = coordinator.upload("/papers/scans", &[], ("Лист.pdf", &plain(1))).await.location.unwrap();
    town.work().await;
    let stack = coordinator.get(&format!("{job}/result")).await.location.unwrap();
    let page = coordinator.get(&stack).await.links(&format!("{stack}/pages/")).remove(0);
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    [("stack", id(&stack)), ("scan", id(&page))]
}
