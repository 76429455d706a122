//! Road maps as schools print them: the layout families of the target model, written with our own words.
//!
//! Family D is the layout of the road map the built-in template comes from: five kinds of support as sections, no numbers,
//! cells merged down and across. Its rows are the template's; the terms are printed as people print them.

use documents::{
    block::{Block, Document, Page, Paragraph, TableBlock, TableCell},
    docx,
    sheet::{Column, Sheet, Value, Workbook},
    xlsx,
};
use nastavnik::roadmap::template::{Template, TemplateRow};

/// The terms of the 31 rows as a school prints them for 2026/27; row 4.4 keeps its typical mistake of the year.
const TERMS: [&str; 31] = [
    "Октябрь 2026",
    "октябрь 2026 г.",
    "Октябрь 2026",
    "Октябрь 2026 года",
    "Октябрь -\nНоябрь 2026",
    "Октябрь 2026",
    "до 31.10.2026",
    "Октябрь 2026",
    "Ноябрь 2026",
    "Ноябрь 2026",
    "в срок до 30 ноября 2026 года",
    "Декабрь 2026-Апрель 2027",
    "Май 2027",
    "Октябрь-Ноябрь 2026",
    "Октябрь – Ноябрь 2026",
    "Октябрь 2026",
    "Май 2027",
    "Октябрь 2026",
    "с 01.10.2026 по 31.10.2026",
    "Октябрь 2026",
    "Октябрь 2026-Апрель 2027",
    "Декабрь 2026-Май 2027",
    "Октябрь 2026",
    "В течение 2026-2027",
    "Май 2027",
    "Сентябрь 2027",
    "В течение 2026-2027",
    "в течение года",
    "В течение 2026-2027",
    "2026-2027 г.г.",
    "В течение 2026 – 2027 учебного года",
];

/// A row as it is printed.
struct Printed {
    title: String,
    term: &'static str,
    result: String,
    indicator: String,
    responsible: String,
}

/// The sections of the template with their rows as they are printed.
fn printed() -> Vec<(String, Vec<Printed>)> {
    let mut terms = TERMS.into_iter();
    let mut row = |row: &TemplateRow| Printed {
        title: row.title.clone(),
        term: terms.next().unwrap(),
        result: row.result.clone(),
        indicator: row.indicator.clone(),
        responsible: row.responsible.iter().map(|post| post.label()).collect::<Vec<_>>().join(", "),
    };
    let sections = &Template::built_in().unwrap().sections;
    sections.iter().map(|section| (section.title.clone(), section.rows.iter().map(&mut row).collect())).collect()
}

fn document(title: &str, table: TableBlock) -> Vec<u8> {
    let document = Document::new(title, Page::landscape())
        .with(Paragraph::text("Приложение № 1 к приказу"))
        .with(Paragraph::text("План мероприятий (дорожная карта) по наставничеству на 2026-2027 учебный год"))
        .with(Block::Table(table));
    docx::write(&document).unwrap()
}

/// Family D in Word: sections across the table, the indicator of the first two rows merged down, result and indicator
/// merged across where there is none.
pub fn family_d() -> Vec<u8> {
    let header =
        ["Содержание", "Сроки", "Ожидаемый результат (вид документа)", "Показатели эффективности", "Ответственный"];
    let mut table = TableBlock::new(&[8, 3, 6, 6, 4]).header(header);
    for (section, (title, rows)) in printed().into_iter().enumerate() {
        table = table.row([TableCell::text(title).across(5)]);
        for (index, row) in rows.into_iter().enumerate() {
            let result = TableCell::text(row.result);
            let mut cells = vec![TableCell::text(row.title), TableCell::text(row.term)];
            match (section, index) {
                (0, 0) => cells.extend([result, TableCell::text(row.indicator).down(2)]),
                (0, 1) => cells.push(result),
                _ if row.indicator.is_empty() => cells.push(result.across(2)),
                _ => cells.extend([result, TableCell::text(row.indicator)]),
            }
            cells.push(TableCell::text(row.responsible));
            table = table.row(cells);
        }
    }
    document("", table)
}

/// Family D in Excel, merged alike.
pub fn family_d_workbook() -> Vec<u8> {
    let titles =
        ["Содержание", "Сроки", "Ожидаемый результат (вид документа)", "Показатели эффективности", "Ответственный"];
    let mut sheet = Sheet::new("Дорожная карта", titles.map(|title| Column::text(title, 24.0)));
    for (section, (title, rows)) in printed().into_iter().enumerate() {
        let place = sheet.rows.len();
        sheet = sheet.merged(place, 0, 1, 5).row([title]);
        for (index, row) in rows.into_iter().enumerate() {
            let place = sheet.rows.len();
            if (section, index) == (0, 0) {
                sheet = sheet.merged(place, 3, 2, 1);
            } else if row.indicator.is_empty() {
                sheet = sheet.merged(place, 2, 1, 2);
            }
            let covered = (section, index) == (0, 1);
            let indicator = if covered { Value::Empty } else { row.indicator.into() };
            sheet =
                sheet.row([row.title.into(), row.term.into(), row.result.into(), indicator, row.responsible.into()]);
        }
    }
    xlsx::write(&Workbook::of(sheet)).unwrap()
}

/// Family D as it is pasted out of Excel: tabs between cells, quotes around a cell with a line break.
pub fn family_d_text() -> String {
    let header = "Содержание\tСроки\tОжидаемый результат (вид документа)\tПоказатели эффективности\tОтветственный";
    let mut lines = vec![header.to_owned()];
    for (title, rows) in printed() {
        lines.push(format!("{title}\t\t\t\t"));
        lines.extend(rows.into_iter().map(|row| {
            let term = if row.term.contains('\n') { format!("\"{}\"", row.term) } else { row.term.to_owned() };
            [row.title, term, row.result, row.indicator, row.responsible].join("\t")
        }));
    }
    lines.join("\n")
}

/// Family A, «региональный приказ»: numbers with and without a dot, a row of column numbers, numbered sections.
pub fn family_a() -> Vec<u8> {
    let sections = [
        "1. Нормативное правовое регулирование внедрения наставничества",
        "2. Организационная, методическая, информационная поддержка",
        "3. Сопровождение наставнических пар и групп",
        "4. Распространение практик наставничества",
        "5. Мониторинг внедрения наставничества",
    ];
    let header = [
        "№ п/п",
        "Наименование мероприятий",
        "Срок реализации",
        "Ответственный исполнитель",
        "Результат. Вид документа",
    ];
    let mut table = TableBlock::new(&[1, 6, 3, 4, 5]).header(header).row(["1", "2", "3", "4", "5"]);
    for (index, ((_, rows), title)) in printed().into_iter().zip(sections).enumerate() {
        table = table.row([TableCell::text(title).across(5)]);
        for (place, row) in rows.into_iter().enumerate() {
            let dot = if place % 2 == 0 { "." } else { "" };
            let number = format!("{}.{}{dot}", index + 1, place + 1);
            table = table.row([number, row.title, row.term.to_owned(), row.responsible, row.result]);
        }
    }
    document("", table)
}

/// Family A′, a region's map: roman sections, numbers that start anew, document and result in two columns.
pub fn family_a_of_region() -> Vec<u8> {
    let header = [
        "NN п/п",
        "Наименование мероприятия",
        "Сроки",
        "Ответственный исполнитель/соисполнители",
        "Вид документа",
        "Ожидаемые результаты",
    ];
    let sections =
        ["I. Создание условий", "II. Работа с наставниками", "III. Работа с парами", "IV. Освещение", "V. Контроль"];
    let mut table = TableBlock::new(&[1, 6, 3, 4, 3, 5]).header(header);
    for ((_, rows), title) in printed().into_iter().zip(sections) {
        table = table.row([TableCell::text(title).across(6)]);
        for (place, row) in rows.into_iter().enumerate() {
            let cells = [
                (place + 1).to_string(),
                row.title,
                row.term.to_owned(),
                row.responsible,
                "приказ".to_owned(),
                row.result,
            ];
            table = table.row(cells);
        }
    }
    document("", table)
}

/// A stage of families B and C: its name and its rows with terms.
type Stage = (&'static str, &'static [(&'static str, &'static str)]);

const STAGES: [Stage; 7] = [
    (
        "Подготовка условий для запуска программы",
        &[
            ("Издание приказа о внедрении наставничества", "до 10.09.2026"),
            ("Выбор куратора и рабочей группы", "сентябрь 2026"),
        ],
    ),
    (
        "Формирование базы наставляемых",
        &[("Сбор запросов обучающихся и педагогов", "сентябрь – октябрь 2026"), ("Сбор согласий", "октябрь 2026")],
    ),
    ("Формирование базы наставников", &[("Анкетирование желающих стать наставниками", "октябрь 2026")]),
    (
        "Отбор и обучение наставников",
        &[("Собеседования с наставниками", "октябрь 2026"), ("Занятия для наставников", "ноябрь 2026")],
    ),
    (
        "Формирование наставнических пар и групп",
        &[("Общая встреча в формате нетворкинга", "ноябрь 2026"), ("Приказ о закреплении пар", "до 30.11.2026")],
    ),
    (
        "Организация работы пар и групп",
        &[("Встречи по индивидуальным планам", "декабрь 2026 – апрель 2027"), ("Обратная связь", "еженедельно")],
    ),
    (
        "Завершение программы",
        &[
            ("Итоговая встреча пар и групп", "май 2027"),
            ("Мониторинг и поощрение участников", "май 2027"),
            ("Пополнение базы практик", "ежегодно"),
        ],
    ),
];

/// How many rows the stages have.
pub const ROWS_OF_STAGES: usize = 14;

/// Family B, «семь этапов»: the stage is the merged second column.
pub fn family_b() -> Vec<u8> {
    let header = ["№", "Наименование этапа", "Мероприятия", "Содержание деятельности", "Сроки", "Ответственный"];
    let mut table = TableBlock::new(&[1, 4, 5, 5, 3, 3]).header(header);
    for (index, (stage, rows)) in STAGES.iter().enumerate() {
        for (place, (title, term)) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            if place == 0 {
                cells.push(TableCell::text((index + 1).to_string()).down(rows.len()));
                cells.push(TableCell::text(*stage).down(rows.len()));
            }
            let rest = [*title, "Подготовка материалов, информирование участников", *term, "куратор программы"];
            cells.extend(rest.map(TableCell::text));
            table = table.row(cells);
        }
    }
    document("", table)
}

/// Family C, the teachers' map: the stage beside a long content, the result at the end.
pub fn family_c() -> Vec<u8> {
    let header = [
        "№",
        "Наименование этапа",
        "Содержание деятельности и примерный план",
        "Сроки",
        "Ответственный",
        "Ожидаемый результат",
    ];
    let mut table = TableBlock::new(&[1, 4, 6, 3, 3, 4]).header(header);
    for (index, (stage, rows)) in STAGES.iter().enumerate() {
        for (place, (title, term)) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            if place == 0 {
                cells.push(TableCell::text((index + 1).to_string()).down(rows.len()));
                cells.push(TableCell::text(*stage).down(rows.len()));
            }
            cells.extend(
                [*title, *term, "заместитель директора", "Протокол заседания методического объединения"]
                    .map(TableCell::text),
            );
            table = table.row(cells);
        }
    }
    document("", table)
}
