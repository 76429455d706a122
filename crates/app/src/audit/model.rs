//! An act and its trace. Pure.

use crate::access::{School, SchoolId, UserId, Visitor};
use chrono::{DateTime, Utc};
use database::Json;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

database::id_type! {
    /// The id of a recorded act.
    pub EntryId;
    /// The id of whatever an act was done to.
    pub SubjectId;
}

database::stored_as_text! {
    /// Everything that leaves a trace, in the words of the history on the screen.
    pub enum Event {
        SignedIn = "access.signed_in" => "Вход в программу",
        SignedOut = "access.signed_out" => "Выход из программы",
        SignInFailed = "access.sign_in_failed" => "Неудачная попытка входа",
        PasswordChanged = "access.password_changed" => "Пароль изменён",
        PasswordReset = "access.password_reset" => "Пароль сброшен администратором",
        AccountLinkMade = "access.link_made" => "Дана ссылка для входа",
        PasswordSetByLink = "access.password_set" => "Пароль задан по ссылке",
        SessionsEnded = "access.sessions_ended" => "Завершены остальные входы",
        CodeRefused = "access.code_refused" => "Неверный код второго фактора",
        FactorSet = "access.factor_set" => "Второй фактор включён",
        FactorGivenUp = "access.factor_given_up" => "Второй фактор выключен",
        FactorTakenAway = "access.factor_taken_away" => "Второй фактор снят администратором",
        FactorDemanded = "access.factor_demanded" => "Изменено, от кого требуется второй фактор",
        ProviderLinked = "access.provider_linked" => "Внешний вход привязан",
        ProviderUnlinked = "access.provider_unlinked" => "Внешний вход отвязан",
        ProviderPassed = "access.provider_passed" => "Личность подтверждена внешним входом",
        ProviderRefused = "access.provider_refused" => "Отказано во внешнем входе",
        RecoveryCodesMade = "access.codes_made" => "Созданы новые резервные коды",
        SchoolCreated = "access.school_created" => "Школа создана",
        SchoolChanged = "access.school_changed" => "Сведения о школе изменены",
        UserCreated = "access.user_created" => "Учётная запись создана",
        UserChanged = "access.user_changed" => "Учётная запись изменена",
        UsersExported = "access.users_exported" => "Список учётных записей выгружен",
        JobAsked = "jobs.asked" => "Запрошено фоновое задание",
        JobDone = "jobs.done" => "Фоновое задание выполнено",
        JobFailed = "jobs.failed" => "Фоновое задание не выполнено",
        JobCancelled = "jobs.cancelled" => "Фоновое задание отменено",
        JobRepeated = "jobs.repeated" => "Фоновое задание запущено ещё раз",
        JobDismissed = "jobs.dismissed" => "Итог фонового задания просмотрен",
        JobTaken = "jobs.taken" => "Результат фонового задания получен",
        BackupMade = "backup.made" => "Сделана резервная копия",
        BackupTried = "backup.tried" => "Проверено восстановление из резервной копии",
        JournalExported = "audit.exported" => "Журнал действий выгружен",
        ProgrammeStarted = "roadmap.programme_started" => "Учебный год начат",
        ProgrammeDrafted = "roadmap.programme_drafted" => "Подготовлен черновик дорожной карты",
        ProgrammeSealed = "roadmap.programme_sealed" => "Учебный год завершён",
        ProgrammeDropped = "roadmap.programme_dropped" => "Черновик дорожной карты удалён",
        PostsNamed = "roadmap.posts_named" => "Назначены ответственные",
        RowAdded = "roadmap.row_added" => "Мероприятие добавлено",
        RowRemoved = "roadmap.row_removed" => "Мероприятие удалено из черновика",
        RowChanged = "roadmap.row_changed" => "Мероприятие изменено",
        RowConfirmed = "roadmap.row_confirmed" => "Выполнение подтверждено",
        RowConfirmedUnproven = "roadmap.row_confirmed_unproven" => "Выполнение подтверждено без показателя",
        RowAccepted = "roadmap.row_accepted" => "Выполнение принято директором",
        RowReopened = "roadmap.row_reopened" => "Подтверждение снято",
        RowSentBack = "roadmap.row_sent_back" => "Возвращено на доработку",
        RowCancelled = "roadmap.row_cancelled" => "Мероприятие отменено",
        RowRestored = "roadmap.row_restored" => "Мероприятие возвращено",
        TermCorrected = "roadmap.term_corrected" => "Срок исправлен",
        ReadingEntered = "roadmap.reading_entered" => "Внесено значение показателя",
        TaskAdded = "roadmap.task_added" => "Задача добавлена",
        TaskDone = "roadmap.task_done" => "Задача выполнена",
        TaskReopened = "roadmap.task_reopened" => "Задача возвращена в работу",
        NoteAdded = "roadmap.note_added" => "Заметка добавлена",
        DocumentAdded = "roadmap.document_added" => "Документ добавлен",
        DocumentReplaced = "roadmap.document_replaced" => "Документ заменён новой версией",
        DocumentRemoved = "roadmap.document_removed" => "Документ убран из мероприятия",
        DocumentRead = "roadmap.document_read" => "Документ скачан",
        RoadmapRead = "roadmap.import_read" => "Загружена дорожная карта для просмотра",
        RoadmapImported = "roadmap.imported" => "Дорожная карта принята из файла",
        ParticipationSettingsChanged = "participation.settings_changed" => "Настройки участия изменены",
        CandidateAdded = "participation.candidate_added" => "Добавлен кандидат",
        InterviewRecorded = "participation.interviewed" => "Записано собеседование",
        DecisionRecorded = "participation.decided" => "Записано решение о кандидате",
        AnswersChanged = "participation.answers_changed" => "Анкета участника изменена",
        ParticipantLeft = "participation.left" => "Участие завершено",
        ParticipantReturned = "participation.returned" => "Участие возобновлено",
        ParticipantRead = "participation.read" => "Карточка участника открыта",
        RegisterExported = "participation.register_exported" => "Список участников выгружен",
        FormAdded = "participation.form_added" => "Добавлена форма наставничества",
        FormRemoved = "participation.form_removed" => "Убрана форма наставничества",
        TopicAdded = "participation.topic_added" => "Добавлена тема запросов и компетенций",
        TopicRemoved = "participation.topic_removed" => "Убрана тема запросов и компетенций",
        LinkOpened = "participation.link_opened" => "Открыта ссылка для заявок",
        LinkClosed = "participation.link_closed" => "Закрыта ссылка для заявок",
        ApplicationReceived = "participation.application_received" => "Получена заявка",
        ApplicationSettled = "participation.application_settled" => "Заявка разобрана",
        EvidenceMade = "evidence.made" => "Собрана папка доказательств",
        RoadmapExported = "roadmap.exported" => "Дорожная карта выгружена",
        PersonCreated = "people.person_created" => "Карточка человека создана",
        PersonChanged = "people.person_changed" => "Карточка человека изменена",
        PersonRead = "people.card_read" => "Карточка человека открыта",
        ReadersRead = "people.readers_read" => "Просмотрено, кто видел сведения человека",
        RecordTaken = "people.record_taken" => "Выдана выписка о человеке",
        ErasureActTaken = "people.erasure_act_taken" => "Скачан акт об уничтожении сведений",
        PersonErased = "people.erased" => "Сведения о человеке уничтожены",
        PersonErasedAgain = "people.erased_again" => "Сведения о человеке уничтожены снова после восстановления",
        PersonEnrolled = "people.enrolled" => "Зачисление в класс",
        PersonLeft = "people.left" => "Отмечено выбытие",
        PersonReturned = "people.returned" => "Отмечено возвращение",
        StaffSet = "people.staff_set" => "Сведения о работе изменены",
        GuardianAdded = "people.guardian_added" => "Представитель добавлен",
        GuardianRemoved = "people.guardian_removed" => "Представитель убран",
        ClassCreated = "people.class_created" => "Класс добавлен",
        ClassTeacherSet = "people.class_teacher_set" => "Назначен классный руководитель",
        ClassesPromoted = "people.classes_promoted" => "Классы переведены на следующий учебный год",
        PeopleExported = "people.exported" => "Список людей выгружен",
        PeopleListsRead = "people.lists_read" => "Списки классов и сотрудников прочитаны",
        PeopleImported = "people.imported" => "Списки классов и сотрудников загружены",
        PeopleListsDropped = "people.lists_dropped" => "Прочитанные списки удалены без загрузки",
        PeopleLeftoversTaken = "people.leftovers_taken" => "Скачаны строки, которые не загрузились",
        PeopleMerged = "people.merged" => "Карточки объединены",
        MergeUndone = "people.merge_undone" => "Объединение карточек отменено",
        PartnerAdded = "partners.partner_added" => "Партнёр добавлен",
        PartnerChanged = "partners.partner_changed" => "Сведения о партнёре изменены",
        PartnerEnded = "partners.partner_ended" => "Работа с партнёром завершена",
        PartnerReturned = "partners.partner_returned" => "Работа с партнёром возобновлена",
        ContactAdded = "partners.contact_added" => "Контактное лицо партнёра добавлено",
        ContactChanged = "partners.contact_changed" => "Контактное лицо партнёра изменено",
        ContactRemoved = "partners.contact_removed" => "Контактное лицо партнёра убрано",
        AgreementAdded = "partners.agreement_added" => "Соглашение добавлено",
        AgreementChanged = "partners.agreement_changed" => "Соглашение изменено",
        AgreementFiled = "partners.agreement_filed" => "Приложен файл соглашения",
        AgreementRead = "partners.agreement_read" => "Файл соглашения скачан",
        AgreementTerminated = "partners.agreement_terminated" => "Соглашение расторгнуто",
        AgreementRestored = "partners.agreement_restored" => "Отметка о расторжении соглашения снята",
        OrganisationsCounted = "partners.organisations_counted" => "Внесено число организаций",
        PartnersExported = "partners.exported" => "Перечень партнёров выгружен",
        AgreementsExported = "partners.agreements_exported" => "Реестр соглашений выгружен",
        ConsentAsked = "consents.asked" => "Запрошено согласие",
        ConsentPrinted = "consents.printed" => "Бланк согласия напечатан",
        ConsentSigned = "consents.signed" => "Внесено подписанное согласие",
        ConsentCorrected = "consents.corrected" => "Сведения о согласии исправлены",
        ConsentFileRead = "consents.file_read" => "Скан согласия скачан",
        ConsentsRead = "consents.read" => "Просмотрены согласия человека",
        ConsentsExported = "consents.exported" => "Реестр согласий выгружен",
        ConsentWithdrawn = "consents.withdrawn" => "Согласие отозвано",
        WithdrawalRead = "consents.withdrawal_read" => "Просмотрена карточка отзыва",
        ConsentRestored = "consents.restored" => "После отзыва внесено новое согласие",
        ConsentLinkMade = "consents.link_made" => "Создана личная ссылка на согласия",
        ConsentLinkRevoked = "consents.link_revoked" => "Личная ссылка на согласия закрыта",
        ClearanceAdded = "consents.clearance_added" => "Внесён допуск",
        ClearanceRevoked = "consents.clearance_revoked" => "Допуск отозван",
        ClearancesRead = "consents.clearances_read" => "Просмотрен допуск человека",
        CategoriesRead = "consents.categories_read" => "Просмотрены особые категории человека",
        CategoryAdded = "consents.category_added" => "Внесена особая категория",
        CategoryEnded = "consents.category_ended" => "Особая категория снята",
        CategoriesDestroyed = "consents.categories_destroyed" => "Сведения об особых категориях человека уничтожены",
        CategoriesExported = "consents.categories_exported" => "Сводка по особым категориям выгружена",
        PaperDrafted = "paperwork.drafted" => "Документ составлен",
        PaperRefilled = "paperwork.refilled" => "Документ составлен заново",
        PaperPrinted = "paperwork.printed" => "Документ напечатан",
        PaperSigned = "paperwork.signed" => "Приложен подписанный документ",
        PaperRegistered = "paperwork.registered" => "Документ зарегистрирован",
        PaperRowsChosen = "paperwork.rows_chosen" => "Выбраны мероприятия документа",
        ReadersAdded = "paperwork.readers_added" => "Дополнен лист ознакомления",
        ReaderRemoved = "paperwork.reader_removed" => "Убрана строка листа ознакомления",
        ReaderAcquainted = "paperwork.reader_acquainted" => "Отмечено ознакомление с документом",
        AcquaintanceTakenBack = "paperwork.acquaintance_taken_back" => "Снята отметка об ознакомлении",
        WordingSaved = "paperwork.wording_saved" => "Текст документа изменён",
        WordingRestored = "paperwork.wording_restored" => "Возвращён исходный текст документа",
        JournalSaved = "paperwork.journal_saved" => "Изменён журнал регистрации",
        NameFormsChanged = "paperwork.name_forms_changed" => "Изменено имя в падежах",
        PaperTaken = "paperwork.taken" => "Документ скачан",
        PaperCancelled = "paperwork.cancelled" => "Документ отменён",
        ScansUploaded = "scans.uploaded" => "Загружены сканы с подписями",
        ScansRead = "scans.read" => "Сканы с подписями прочитаны",
        ScansFiled = "scans.filed" => "Сканы разложены по документам",
        ScansRemoved = "scans.removed" => "Остаток сканов удалён",
        ScanDecided = "scans.decided" => "Решено, что со страницей скана",
        ScanSeen = "scans.seen" => "Страница скана просмотрена",
    }

    /// What an act was done to.
    pub enum SubjectKind {
        School = "school" => "школа",
        User = "user" => "учётная запись",
        Programme = "programme" => "учебный год",
        Row = "row" => "мероприятие",
        /// The name of a person is never repeated in the journal: it is looked up when the journal is drawn.
        Person = "person" => "человек",
        Class = "class" => "класс",
        Partner = "partner" => "партнёр",
        Job = "job" => "задание",
        /// The title of a paper names nobody.
        Paper = "paper" => "документ",
    }
}

/// The thing an act was done to.
#[derive(Debug, Clone)]
pub struct Subject {
    pub kind: SubjectKind,
    pub id: Option<Uuid>,
    /// How people call it, e.g. «1.4 Заключение соглашений…»; for a user the login.
    pub name: String,
}

/// One difference an act made, in words for the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub what: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
}

impl Change {
    /// Notes that `what` became `to` instead of `from`.
    pub fn new(what: &str, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { what: what.to_owned(), from: from.into(), to: to.into() }
    }

    /// Notes a fact that has no former value.
    pub fn fact(what: &str, to: impl Into<String>) -> Self {
        Self::new(what, "", to)
    }

    /// Notes a difference only if there is one.
    pub fn between(what: &str, from: &str, to: &str) -> Option<Self> {
        (from != to).then(|| Self::new(what, from, to))
    }
}

/// An act to be recorded.
#[derive(Debug, Clone)]
pub struct Act {
    pub school: SchoolId,
    pub actor: Option<UserId>,
    /// The name at the time of the act; «Система» for acts of the program.
    pub actor_name: String,
    pub event: Event,
    pub subject: Subject,
    pub changes: Vec<Change>,
}

impl Act {
    /// Returns an act of a visitor.
    pub fn of(visitor: &Visitor, event: Event, subject: Subject) -> Self {
        Self {
            school: visitor.school_id(),
            actor: Some(visitor.user),
            actor_name: visitor.full_name.clone(),
            event,
            subject,
            changes: vec![],
        }
    }

    /// Returns an act of the program itself.
    pub fn of_system(school: SchoolId, event: Event, subject: Subject) -> Self {
        Self { school, actor: None, actor_name: "Система".to_owned(), event, subject, changes: vec![] }
    }

    /// Adds the differences it made.
    #[must_use]
    pub fn with(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.changes.extend(changes);
        self
    }
}

/// On whose behalf something is done in a school: a visitor's, or the program's own (command line, demo).
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub school: &'a School,
    pub visitor: Option<&'a Visitor>,
}

impl<'a> Author<'a> {
    /// Returns the visitor as an author.
    pub fn visitor(visitor: &'a Visitor) -> Self {
        Self { school: &visitor.school, visitor: Some(visitor) }
    }

    /// Returns the program itself as an author.
    pub fn system(school: &'a School) -> Self {
        Self { school, visitor: None }
    }

    /// Returns the capability for the school's data.
    pub fn school_id(self) -> SchoolId {
        self.school.id
    }

    /// Returns the person, if there is one.
    pub fn user(self) -> Option<UserId> {
        self.visitor.map(|visitor| visitor.user)
    }

    /// Returns an act of the author.
    pub fn act(self, event: Event, subject: Subject) -> Act {
        match self.visitor {
            Some(visitor) => Act::of(visitor, event, subject),
            None => Act::of_system(self.school.id, event, subject),
        }
    }
}

database::record! {
    /// A recorded act.
    #[derive(Debug, Clone)]
    pub struct Entry {
        pub id: EntryId,
        pub at: DateTime<Utc>,
        pub actor_name: String,
        pub event: Event,
        pub subject_kind: SubjectKind,
        pub subject_id: Option<SubjectId>,
        pub subject_name: String,
        pub details: Json<Vec<Change>>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists that name nobody but employees and partners.
    const WITHOUT_PEOPLE: [Event; 6] = [
        Event::UsersExported,
        Event::JournalExported,
        Event::RoadmapExported,
        Event::PartnersExported,
        Event::AgreementsExported,
        Event::CategoriesExported,
    ];

    #[test]
    fn taking_out_a_list_of_people_counts_as_seeing_them() {
        let exports = Event::ALL.iter().filter(|event| event.word().ends_with("exported"));
        for event in exports.filter(|event| !WITHOUT_PEOPLE.contains(event)) {
            let counts = crate::audit::queries::WHO_SAW.contains(&format!("'{}'", event.word()));
            assert!(counts, "add {} to WHO_SAW, or to WITHOUT_PEOPLE if the list names nobody", event.word());
        }
    }

    #[test]
    fn equal_values_are_no_change() {
        assert_eq!(Change::between("Срок", "октябрь", "октябрь"), None);
        assert_eq!(Change::between("Срок", "октябрь", "ноябрь"), Some(Change::new("Срок", "октябрь", "ноябрь")));
    }
}
