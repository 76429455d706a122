//! Who takes part in the year: the bases as the papers of the year know them, and the candidates beside them.

use super::{
    Cast, Scene,
    queries::{NewParticipation, insert_participation},
};
use crate::{
    access::UserId,
    demo::{
        random::Random,
        records::{Participant, Person},
        school::Staff,
    },
    error::Answer,
    participation::{Decision, LeaveReason, Side, Source, model::TopicKind},
    people::PersonId,
};
use chrono::{Days, NaiveDate};
use database::Tx;

/// Pairs whose people one group curator leads.
const CURATED: usize = 9;

/// Pupils who are candidates in different stages and take part in nothing yet.
const CANDIDATES: usize = 34;

/// Words of the dictionary that pupils ask for and can do.
const STUDIES: [&str; 10] = [
    "русский язык",
    "математика",
    "иностранный язык",
    "физика",
    "информатика",
    "подготовка к ОГЭ и ЕГЭ",
    "общение и уверенность",
    "самоорганизация",
    "выбор профессии",
    "проект или исследование",
];

/// The same for teachers.
const TEACHING: [&str; 4] =
    ["методика предмета", "классное руководство", "дисциплина на уроке", "цифровые инструменты учителя"];

const REQUESTS: [&str; 5] = [
    "Хочу подтянуть предмет к концу года.",
    "Трудно начать разговор с новыми людьми.",
    "Нужна помощь с проектом и выступлением.",
    "Хочу понять, куда поступать после девятого класса.",
    "Не успеваю: хочу научиться планировать время.",
];

const ACHIEVEMENTS: [&str; 4] = [
    "Призёр муниципального этапа олимпиады.",
    "Ведёт кружок, готовит команду к конкурсам.",
    "Волонтёр школьного отряда.",
    "Опыт работы с подростками.",
];

const SLOTS: [&str; 6] =
    ["mon-afternoon", "tue-afternoon", "wed-afternoon", "thu-evening", "fri-afternoon", "sat-morning"];

/// Writes the participations of the year.
pub async fn write(tx: &mut Tx, scene: &Scene<'_>, cast: &Cast) -> Answer<()> {
    let mut random = Random::about(&scene.topic("participations"));
    let by = By::of(scene)?;
    let curated: Vec<Person> = scene.records.paired().take(CURATED).flatten().collect();
    for one in scene.records.participants() {
        let Some(person) = cast.record_of(one) else { continue };
        let new = taking_part(scene, one, person, &by, &mut random);
        let is_curated = scene.copy == 0 && curated.contains(&one.person);
        let group_curator = is_curated.then_some(by.group_curator).filter(|_| new.entered_on.is_some());
        if new.offered_on < scene.today {
            put(tx, scene, &NewParticipation { group_curator, ..new }).await?;
        }
    }
    for candidate in candidates(scene, cast, &by, &mut random) {
        put(tx, scene, &candidate).await?;
    }
    Ok(())
}

async fn put(tx: &mut Tx, scene: &Scene<'_>, new: &NewParticipation) -> Answer<()> {
    let at = scene.moment(new.offered_on);
    Ok(insert_participation(tx, (scene.school.id, scene.year()), new, at).await?)
}

/// Accounts that act in participations.
struct By {
    psychologist: UserId,
    group_curator: UserId,
}

impl By {
    fn of(scene: &Scene<'_>) -> Answer<Self> {
        Ok(Self { psychologist: scene.user(Staff::Psychologist)?, group_curator: scene.user(Staff::GroupCurator)? })
    }
}

impl Cast {
    /// Returns the record of somebody who takes part; people of partners stand two by two in the records of the year.
    pub fn record_of(&self, one: &Participant) -> Option<PersonId> {
        match one.person {
            Person::Pupil(place) => self.pupils.get(place).map(|family| family.pupil),
            Person::Teacher(place) => self.teachers.get(place).copied(),
            Person::Partner(place) => self.of_partners.get(place)?.get(one.of_partner).copied(),
        }
    }
}

/// Returns the participation of somebody the papers of the year know, as far as it has come.
fn taking_part(
    scene: &Scene<'_>,
    one: &Participant,
    person: PersonId,
    by: &By,
    random: &mut Random,
) -> NewParticipation {
    let entered = scene.records.entered_on(one);
    let before = |days: u64| (entered - Days::new(days)).max(scene.year().first_day() - Days::new(14));
    let is_registered = scene.past(one.registered).is_some();
    let (side, source) = (if one.is_mentor { Side::Mentor } else { Side::Mentee }, source(one, random));
    let interviewed = scene.past(before(4));
    let entered_on = scene.past(entered);
    let left = random.happens(1).then(|| entered + Days::new(30)).and_then(|day| scene.past(day));
    NewParticipation {
        applied_on: scene.past(before(9)),
        interview: interviewed.map(|on| (on, by.psychologist, "Мотивация есть, время в расписании найдено.")),
        decision: entered_on.map(|on| (on, Decision::Accepted, "")),
        trained_on: Some(scene.calendar().on(11, 18))
            .filter(|day| one.is_mentor && entered < *day)
            .and_then(|day| scene.past(day)),
        entered_on,
        left: left.filter(|_| entered_on.is_some()).map(|on| (on, LeaveReason::OwnWish)),
        form: if is_registered { scene.records.form_of(one.person) } else { "" },
        slots: if is_registered { slots(random) } else { vec![] },
        hours_per_week: (is_registered && one.is_mentor).then(|| i64::from(random.between(1, 3))),
        ..offered((person, side), (source, before(14)), one.person.is_teacher(), random)
    }
}

/// Returns somebody who was offered to take part, with what the person said about it.
pub fn offered(
    (person, side): (PersonId, Side),
    (source, offered_on): (Source, NaiveDate),
    is_teacher: bool,
    random: &mut Random,
) -> NewParticipation {
    let words: &[&'static str] = if is_teacher { &TEACHING } else { &STUDIES };
    let kind = if side == Side::Mentor { TopicKind::Competence } else { TopicKind::Request };
    let is_mentor = side == Side::Mentor;
    NewParticipation {
        person,
        side,
        source,
        source_note: note(source),
        offered_on,
        applied_on: None,
        interview: None,
        decision: None,
        trained_on: None,
        entered_on: None,
        left: None,
        suspended_on: None,
        form: "",
        request_text: if is_mentor || is_teacher { "" } else { random.pick(&REQUESTS) },
        achievements: if is_mentor { random.pick(&ACHIEVEMENTS) } else { "" },
        ages: is_mentor.then_some((10, 15)),
        capacity: if is_mentor { 3 } else { 1 },
        hours_per_week: None,
        slots: vec![],
        group_curator: None,
        topics: vec![(kind, random.pick(words)), (kind, random.pick(words)), (TopicKind::Interest, "спорт")],
    }
}

fn note(source: Source) -> &'static str {
    match source {
        Source::Questionnaire => "Анкета информационной кампании",
        Source::StaffCouncil => "Августовский педагогический совет",
        Source::ParentMeeting => "Родительское собрание параллели",
        Source::ClassHour => "Классный час «Успех каждого ребёнка»",
        Source::WorkMeeting => "Рабочая встреча с партнёрами",
        Source::Own => "",
    }
}

fn source(one: &Participant, random: &mut Random) -> Source {
    match one.person {
        Person::Teacher(_) => Source::StaffCouncil,
        Person::Partner(_) => Source::WorkMeeting,
        Person::Pupil(_) => {
            random.pick(&[Source::Questionnaire, Source::Questionnaire, Source::ClassHour, Source::Own])
        }
    }
}

fn slots(random: &mut Random) -> Vec<&'static str> {
    let first = random.pick(&SLOTS);
    let second = random.pick(&SLOTS);
    if first == second { vec![first] } else { vec![first, second] }
}

/// Returns candidates who have not entered: pupils, parents who would be mentors, graduates.
fn candidates(scene: &Scene<'_>, cast: &Cast, by: &By, random: &mut Random) -> Vec<NewParticipation> {
    let first = scene.calendar().on(9, 21);
    let idle = idle(scene);
    let pupils = idle.iter().skip(super::papers::WITHDRAWN).take(CANDIDATES);
    let pupils = pupils.map(|place| (cast.pupils[*place].pupil, Side::Mentee, Source::Questionnaire));
    let parents = idle.iter().rev().step_by(7).take(9).filter_map(|place| cast.pupils[*place].guardians.first());
    let parents = parents.map(|person| (*person, Side::Mentor, Source::ParentMeeting));
    let graduates = cast.graduates.iter().take(6).map(|person| (*person, Side::Mentor, Source::WorkMeeting));
    let mut found = Vec::new();
    for (step, (person, side, source)) in (0_u64..).zip(pupils.chain(parents).chain(graduates)) {
        let offered_on = first + Days::new(step % 30);
        let mut new = offered((person, side), (source, offered_on), false, random);
        let later = |days| scene.past(offered_on + Days::new(days));
        if step % 4 > 0 {
            new.applied_on = later(3);
        }
        if step % 4 > 1 {
            new.interview = later(8).map(|on| (on, by.psychologist, "Нужно ещё подумать о времени."));
        }
        if step % 4 > 2 {
            let decision = if step % 8 == 7 { Decision::Declined } else { Decision::Reserve };
            new.decision = later(12).map(|on| (on, decision, "Пока нет свободного наставника по запросу."));
        }
        if scene.past(offered_on).is_some() {
            found.push(new);
        }
    }
    found
}

/// Returns the places of pupils of age who take part in nothing this year.
pub fn idle(scene: &Scene<'_>) -> Vec<usize> {
    let population = &scene.records.population;
    let busy: Vec<Person> = scene.records.participants().map(|one| one.person).collect();
    population.aged((10, 18), scene.year().first_day()).filter(|place| !busy.contains(&Person::Pupil(*place))).collect()
}
