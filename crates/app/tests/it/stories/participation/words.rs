//! Stories of forms of mentoring and topics a school adds.

use crate::support::Town;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{access::Role, participation::Side};
use rstest::rstest;

const WORDS: &str = "/participants/words";
const FORMS: &str = "/participants/words/forms";
const TOPICS: &str = "/participants/words/topics";

#[rstest]
#[tokio::test]
async fn a_form_of_the_school_is_offered_and_stays_while_somebody_has_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let id = cast.participant(cast.teacher("Образцова Вера", "2001-09-01").await, Side::Mentor).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get(WORDS).await.must_say("Ученик – ученик").must_say("Целевая модель");
    let form = coordinator.get(WORDS).await.form(FORMS).with("title", "тренер – спортсмен");
    let form = form.with("mentor", "teacher").with("mentee", "pupil").with("role_models", "мастер – новичок");
    for _ in 0..2 {
        let saved = form.send(&coordinator).await;
        coordinator.follow(saved).await.must_say("Тренер – спортсмен").must_say("мастер – новичок");
    }
    let word = form.fields.iter().find(|(name, _)| name == "id").unwrap().1.clone();
    let edit = format!("/participants/{id}/edit");
    let blank = coordinator.get(&edit).await.form(&edit).with("age_from", "").with("age_to", "");
    let answers = blank.with("form", &word);
    answers.send(&coordinator).await.must_be(303);
    let removal = format!("{FORMS}/{word}/removal");
    coordinator.post(&removal, &[]).await.must_be(422).must_say("Эту форму уже выбрали участники");
    let answers = coordinator.get(&edit).await.form(&edit).with("age_from", "").with("age_to", "").with("form", "");
    answers.send(&coordinator).await.must_be(303);
    coordinator.submit(&removal, &[]).await.must_say("Форма наставничества убрана.");
    coordinator.get(WORDS).await.must_not_say("Тренер – спортсмен");
}

#[rstest]
#[tokio::test]
async fn a_topic_that_reads_the_same_is_not_added_twice(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let add = async |topic: &str| {
        let form = coordinator.get(WORDS).await.form(TOPICS).with("topic", topic);
        form.send(&coordinator).await
    };
    add("Шахматная ёлка").await.must_be(303);
    add("ШАХМАТНАЯ ЕЛКА").await.must_be(422).must_say("«ШАХМАТНАЯ ЕЛКА» в списке уже есть.");
    add("Математика").await.must_be(422).must_say("в списке уже есть");
    coordinator.get(WORDS).await.must_say("Слова школы").must_say("Шахматная ёлка");
    town.browser(Role::Inspector).await.get(WORDS).await.must_be(200).must_not_say("Добавить тему");
    town.neighbour().await;
    let other = town.stranger();
    other.sign_in("coordinator-2", crate::support::PASSWORD).await;
    other.get(WORDS).await.must_not_say("Шахматная");
}
