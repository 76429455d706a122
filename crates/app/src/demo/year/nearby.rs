//! What happens around today, whatever day of the year it is: a row and tasks due this week, news since yesterday.

use super::{
    Script,
    deed::{Act, Deed, enter, note, task},
};
use crate::demo::{
    calendar::Calendar,
    school::Staff::{
        self, ClassTeacher, Coordinator, Deputy, Methodist, PrimaryTeacher, Psychologist, SocialPedagogue,
    },
};
use chrono::{Datelike as _, Days, NaiveDate};

/// A row that is open up to a day of the year, and the work that is left on it.
struct Focus {
    until: (u32, u32),
    row: &'static str,
    by: Staff,
    task: &'static str,
    note: &'static str,
}

/// Which row the school is busy with, in the order of the year; each is confirmed on its last day by the script.
const FOCUSES: [Focus; 6] = [
    Focus {
        until: (10, 1),
        row: "4.1",
        by: Deputy,
        task: "Согласовать названия рубрик с администратором сайта",
        note: "Макеты рубрик готовы, публикуем после согласования.",
    },
    Focus {
        until: (11, 17),
        row: "2.2",
        by: SocialPedagogue,
        task: "Подготовить проект приказа о мерах доступности",
        note: "Собраны предложения классных руководителей, проект приказа у юриста округа.",
    },
    Focus {
        until: (1, 28),
        row: "4.6",
        by: Methodist,
        task: "Пригласить выпускников на рабочую встречу",
        note: "Выпускник, инженер завода, готов прийти на встречу; ждём подтверждения даты.",
    },
    Focus {
        until: (2, 26),
        row: "4.5",
        by: PrimaryTeacher,
        task: "Провести классные часы в оставшихся классах",
        note: "Классные часы перенесены из-за карантина, даты согласованы.",
    },
    Focus {
        until: (4, 24),
        row: "5.3",
        by: Methodist,
        task: "Подать заявку на региональный фестиваль наставников",
        note: "На региональный фестиваль едут двое, документы собраны.",
    },
    Focus {
        until: (8, 31),
        row: "2.4",
        by: Methodist,
        task: "Оформить две лучшие практики для регионального центра",
        note: "Тексты практик вычитаны, осталось собрать фотографии и согласия на них.",
    },
];

/// Returns the deeds of the last days before today.
pub fn script(calendar: Calendar, today: NaiveDate) -> Script {
    let yesterday = today - Days::new(1);
    let begun = calendar.in_august_before(31);
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let decided = (monday - Days::new(4)).max(begun);
    let busy = FOCUSES.iter().find(|focus| calendar.on(focus.until.0, focus.until.1) >= today);
    let mut script = Script::new();
    if let Some(focus) = busy {
        // Friday of this week; at the weekend today itself, so that the term is neither over nor of the next week.
        let due = (monday + Days::new(4)).max(today);
        let days = u32::try_from((due - decided).num_days()).unwrap_or(0);
        script.push((decided, Deed { row: focus.row, by: Coordinator, act: Act::Until { days } }));
        script.push((decided, task(focus.row, focus.by, focus.task, days)));
        script.push((yesterday, note(focus.row, focus.by, focus.note)));
    }
    let is_under_way = |routine: &&Routine| {
        let [from, until] = [routine.from, routine.until].map(|(month, day)| calendar.on(month, day));
        from <= yesterday && yesterday <= until
    };
    script.extend(ROUTINES.iter().find(is_under_way).map(|routine| (yesterday, routine.deed)));
    script
}

/// A number that is entered day by day while it grows.
struct Routine {
    from: (u32, u32),
    until: (u32, u32),
    deed: Deed,
}

const ROUTINES: [Routine; 3] = [
    Routine {
        from: (9, 21),
        until: (10, 22),
        deed: enter("3.1", Psychologist, "surveys.analysed", "Анкеты информационной кампании"),
    },
    Routine {
        from: (10, 23),
        until: (1, 18),
        deed: enter("4.5", PrimaryTeacher, "events.class_hours", "Классные журналы"),
    },
    Routine {
        from: (1, 20),
        until: (4, 26),
        deed: enter("1.12", ClassTeacher, "plans.items_done", "Отметки в индивидуальных планах"),
    },
];
