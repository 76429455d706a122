//! The table itself: role × right → how far the right reaches and which fields it shows. Pure.
//!
//! A column is a role, a line is a right; a cell says over which records of the own school the role has it:
//!
//! | cell | the records |
//! |---|---|
//! | `all` | all of the own school |
//! | `class` | pupils of the classes the person leads, and their representatives |
//! | `group` | people of the groups the person curates, and their representatives |
//! | `taking` | everybody who takes part, and their representatives |
//! | `rows` | rows of the road map the person answers for |
//! | `none` | none |
//!
//! No right reaches into another school. After `=>` stand the fields of people the right shows, in `{…}`. A line of
//! [`Kind::Take`] is what leaves the program as a file; of [`Kind::Keep`], what is written.

use super::{Field, Kind, Reach};
use crate::access::model::Role;

macro_rules! policy {
    (
        $($column:ident)+ ;
        $($section:literal : $($right:ident $kind:ident $word:literal $title:literal [$($reach:ident)+] => {$($field:ident)*})+)+
    ) => {
        /// The roles of the columns.
        pub const COLUMNS: &[Role] = &[$(Role::$column),+];

        database::stored_as_text! {
            /// What somebody may do; over which records, the table says.
            pub enum Right {
                $($($right = $word => $title,)+)+
            }
        }

        /// The lines of the table, by sections.
        pub const SECTIONS: &[(&str, &[Right])] = &[$(($section, &[$(Right::$right),+])),+];

        impl Right {
            /// Returns whether something is looked at, written or taken out.
            pub const fn kind(self) -> Kind {
                match self { $($(Self::$right => Kind::$kind,)+)+ }
            }

            /// Returns which fields of people the right shows.
            pub const fn fields(self) -> &'static [Field] {
                match self { $($(Self::$right => &[$(Field::$field),*],)+)+ }
            }

            /// Returns the cells of the line in the order of [`COLUMNS`].
            pub const fn line(self) -> [Reach; COLUMNS.len()] {
                match self { $($(Self::$right => [$(reach!($reach)),+],)+)+ }
            }
        }
    };
}

macro_rules! reach {
    (none) => {
        Reach::None
    };
    (all) => {
        Reach::School
    };
    (class) => {
        Reach::Class
    };
    (group) => {
        Reach::Group
    };
    (taking) => {
        Reach::Taking
    };
    (rows) => {
        Reach::Rows
    };
}

policy! {
    Coordinator Head ClassTeacher GroupCurator Psychologist Contributor Inspector Administrator;

    "Люди":
    //                                                                              куратор директор кл.рук. кур.гр. психолог исполн. наблюд. админ.
    ReadPeople      Look "people.read"     "Видеть людей: списки, классы, карточки" [all    all      class   group   taking   none    all     none ]
        => {Name Birth Contact School Family Staff Journal Note Answers Interview Consents Clearance}
    ReadReaders     Look "people.readers"  "Видеть, кто открывал карточку человека" [all    all      none    none    none     none    all     none ] => {}
    TakePeople      Take "people.take"     "Выгружать список людей"                 [all    all      class   group   taking   none    all     none ]
        => {Name Birth Contact School Staff}
    TakeRecord      Take "people.record"   "Выдавать человеку выписку о нём"        [all    none     none    none    none     none    none    none ]
        => {Name Birth Contact School Family Staff Journal Note Answers Interview Consents Clearance Categories Applications Papers Withdrawal SignIn}
    ErasePeople     Keep "people.erase"    "Уничтожать сведения о человеке"         [all    none     none    none    none     none    none    none ]
        => {Name}
    KeepPeople      Keep "people.keep"     "Вести карточки, классы, представителей" [all    none     none    none    none     none    none    none ]
        => {Name Birth Contact School Family Staff Journal Note}
    ImportPeople    Keep "people.import"   "Загружать списки классов и сотрудников" [all    none     none    none    none     none    none    none ]
        => {Name Birth Contact School Family Staff Journal}
    TakeLeftovers   Take "people.leftovers" "Скачивать незагруженные строки списков" [all   none     none    none    none     none    none    none ]
        => {Name Birth Contact School Family Staff Journal}

    "Участники":
    ReadRegisters   Look "registers.read"  "Видеть охват, базы, реестры, настройки" [all    all      none    none    none     none    all     none ]
        => {Name Birth Contact School Staff Answers}
    TakeRegisters   Take "registers.take"  "Выгружать базы и реестры"               [all    all      none    none    none     none    all     none ]
        => {Name Birth Contact School Staff Answers}
    Interview       Keep "participants.interview" "Записывать собеседования"        [all    none     none    none    taking   none    none    none ]
        => {Name School Interview}
    KeepParticipants Keep "participants.keep" "Решать о кандидатах, вести участие"  [all    none     none    none    none     none    none    none ]
        => {Name Birth School Staff Answers Interview}
    SettleApplications Keep "applications.settle" "Открывать ссылки, разбирать заявки" [all none     none    none    none     none    none    none ]
        => {Name Birth School Contact Applications}

    "Согласия и допуск":
    TakeConsents    Take "consents.take"   "Выгружать реестр согласий, скачивать сканы" [all all     class   group   taking   none    all     none ]
        => {Name School Consents}
    KeepConsents    Keep "consents.keep"   "Отмечать печать и подпись, давать ссылки" [all  none     class   none    none     none    none    none ]
        => {Name Consents}
    DecideConsents  Keep "consents.decide" "Запрашивать и отзывать согласия"        [all    none     none    none    none     none    none    none ]
        => {Name School Consents}
    ReadWithdrawn   Look "consents.withdrawn" "Видеть отозвавших согласие"          [all    all      none    none    none     none    none    none ]
        => {Withdrawal}
    KeepClearances  Keep "clearances.keep" "Вносить и отзывать допуск"              [all    none     none    none    none     none    none    none ]
        => {Name Clearance}
    KeepCategories  Keep "categories.keep" "Видеть и вносить особые категории"      [all    none     none    none    taking   none    none    none ]
        => {Name School Categories}
    TakeCategories  Take "categories.take" "Выгружать сводку по особым категориям"  [all    none     none    none    taking   none    none    none ]
        => {}

    "Партнёры":
    ReadPartners    Look "partners.read"   "Видеть партнёров и соглашения"          [all    all      none    none    none     none    all     none ]
        => {Partners}
    TakePartners    Take "partners.take"   "Выгружать перечень, реестр, файлы соглашений" [all all   none    none    none     none    all     none ]
        => {Partners}
    KeepPartners    Keep "partners.keep"   "Вести партнёров, контакты, соглашения"  [all    none     none    none    none     none    none    none ]
        => {Partners}

    "Документы":
    ReadPapers      Look "papers.read"     "Видеть документы школы"                 [all    all      class   group   taking   none    all     none ]
        => {Name Birth Contact School Family Staff Answers Consents Papers}
    ReadWordings    Look "papers.wordings" "Видеть тексты и журналы документов"     [all    all      none    none    none     none    all     none ] => {}
    TakePapers      Take "papers.take"     "Скачивать документы и сканы"            [all    all      class   group   taking   none    all     none ]
        => {Name Birth Contact School Family Staff Answers Consents Papers}
    PrintPapers     Keep "papers.print"    "Печатать документы"                     [all    all      class   none    none     none    none    none ]
        => {Name Birth Contact School Family Staff Answers Consents Papers}
    MakePapers      Keep "papers.make"     "Составлять и менять документы, тексты, журналы" [all none none   none    none     none    none    none ]
        => {Name Birth Contact School Family Staff Answers Consents Papers}
    SignPapers      Keep "papers.sign"     "Прикладывать подписанное, регистрировать, отменять" [all all none none   none     none    none    none ]
        => {Name Birth Contact School Family Staff Answers Consents Papers}

    "Дорожная карта":
    ReadRoadmap     Look "roadmap.read"    "Видеть дорожную карту, справку, сроки"  [all    all      all     all     all      all     all     all  ]
        => {Employees}
    TakeRoadmap     Take "roadmap.take"    "Выгружать дорожную карту, справку, документы" [all all   all     all     all      all     all     all  ]
        => {Employees}
    TakeEvidence    Take "roadmap.evidence" "Собирать папку доказательств"          [all    all      all     all     all      all     all     none ]
        => {Employees}
    WorkOnRows      Keep "roadmap.work"    "Подтверждать, вести задачи, документы"  [all    rows     rows    rows    rows     rows    none    none ]
        => {Employees}
    AcceptRows      Keep "roadmap.accept"  "Принимать и возвращать выполненное"     [none   all      none    none    none     none    none    none ]
        => {Employees}
    KeepRoadmap     Keep "roadmap.keep"    "Готовить год, менять мероприятия и сроки" [all  none     none    none    none     none    none    none ]
        => {Employees}

    "Школа":
    ReadSchool      Look "school.read"     "Видеть сведения о школе"                [all    all      none    none    none     none    none    all  ] => {}
    KeepSchool      Keep "school.keep"     "Менять сведения о школе"                [none   none     none    none    none     none    none    all  ] => {}
    KeepUsers       Keep "users.keep"      "Вести учётные записи"                   [none   none     none    none    none     none    none    all  ]
        => {Employees Accounts}
    TakeUsers       Take "users.take"      "Выгружать список учётных записей"       [none   none     none    none    none     none    none    all  ]
        => {Employees Accounts}
    KeepBackups     Keep "backups.keep"    "Делать и проверять резервные копии"     [none   none     none    none    none     none    none    all  ] => {}
    ReadJournal     Look "journal.read"    "Читать журнал действий"                 [none   none     none    none    none     none    none    all  ]
        => {Employees Accounts}
    TakeJournal     Take "journal.take"    "Выгружать журнал действий"              [none   none     none    none    none     none    none    all  ]
        => {Employees Accounts}
}
