//! The result as a workbook: pairs, those without a mentor, mentors, protocol, remarks.

use super::{Report, reasons};
use crate::cli::Trouble;
use documents::{
    sheet::{Column, Kind, Sheet, Value, Workbook},
    xlsx,
};
use matching::{explain::unmatched::Unmatched, people::settings::Mode};

/// Writes the workbook.
pub fn write(report: &Report) -> Result<Vec<u8>, Trouble> {
    let protocol = report.protocol_sheet().map_err(|error| Trouble::new(format!("Протокол не записан: {error}.")))?;
    let mut sheets = vec![report.pairs(), report.left_out(), report.mentors_sheet(), protocol];
    if report.with_mentor().next().is_some() {
        sheets.insert(2, report.with_mentor_sheet());
    }
    if !report.question.remarks.is_empty() {
        sheets.push(report.remarks());
    }
    // No moment of creation: the same people and rules give the same bytes.
    xlsx::write(&Workbook { sheets, created: None }).map_err(|error| Trouble::new(error.to_string()))
}

impl Report<'_> {
    fn pairs(&self) -> Sheet {
        let columns = [
            Column::new("№", 6.0, Kind::Integer),
            Column::text("Наставляемый", 34.0),
            Column::text("Класс", 9.0),
            Column::text("Наставник", 34.0),
            Column::text("Форма наставничества", 24.0),
            Column::new("Баллы", 9.0, Kind::Integer),
            Column::text("Почему эта пара", 60.0),
            Column::text("Ближайшая замена для наставляемого", 40.0),
            Column::text("Ближайшая замена для наставника", 40.0),
            Column::text("Закреплена", 12.0),
            Column::text("Была в прошлом варианте", 14.0),
        ];
        let sheet = Sheet::new("Пары", columns)
            .titled("Предлагаемые наставнические пары")
            .note("Пары предлагает программа, решает комиссия. Баллы складываются по правилам на листе «Протокол».");
        self.proposal.pairs.iter().zip(1_i64..).fold(sheet, |sheet, (pair, number)| {
            let alternative = |of: &Option<_>| of.as_ref().map(reasons::alternative).unwrap_or_default();
            let yes = |truth: bool| Value::from(if truth { "да" } else { "" });
            sheet.row([
                Value::from(number),
                pair.mentee.as_str().into(),
                self.class(&pair.mentee).into(),
                pair.mentor.as_str().into(),
                self.rules.form_name(&pair.form).into(),
                i64::from(pair.score).into(),
                self.why(pair).into(),
                alternative(&pair.for_mentee).into(),
                alternative(&pair.for_mentor).into(),
                yes(pair.locked),
                yes(pair.kept),
            ])
        })
    }

    fn left_out(&self) -> Sheet {
        let columns = [
            Column::text("Наставляемый", 34.0),
            Column::text("Класс", 9.0),
            Column::text("Форма наставничества", 24.0),
            Column::text("Почему без наставника", 70.0),
            Column::text("Что изменить", 60.0),
        ];
        let sheet = Sheet::new("Без наставника", columns)
            .titled("Кому наставник не нашёлся")
            .note("«Что изменить» проверено: с этим изменением программа находит наставника.");
        self.left().fold(sheet, |sheet, person| {
            sheet.row([
                person.mentee.as_str(),
                self.class(&person.mentee),
                self.form_of(&person.mentee),
                &self.reason(&person.reason),
                &self.change(person),
            ])
        })
    }

    /// Says what would help; where too many are left, not everybody's change is tried out.
    fn change(&self, person: &Unmatched) -> String {
        match &person.change {
            Some(change) => reasons::change(change),
            None if self.proposal.mode == Mode::Optimal => "Не проверено: без наставника слишком многие.".to_owned(),
            None => String::new(),
        }
    }

    fn with_mentor_sheet(&self) -> Sheet {
        let columns = [Column::text("Наставляемый", 34.0), Column::text("Класс", 9.0), Column::text("Форма", 24.0)];
        let sheet = Sheet::new("Уже с наставником", columns).titled("У кого наставник в этой форме уже есть");
        self.with_mentor().fold(sheet, |sheet, person| {
            sheet.row([person.mentee.as_str(), self.class(&person.mentee), self.form_of(&person.mentee)])
        })
    }

    fn mentors_sheet(&self) -> Sheet {
        let columns = [
            Column::text("Наставник", 34.0),
            Column::new("Мест всего", 12.0, Kind::Integer),
            Column::new("Занято раньше", 14.0, Kind::Integer),
            Column::new("Назначено", 12.0, Kind::Integer),
            Column::new("Осталось", 12.0, Kind::Integer),
        ];
        let sheet = Sheet::new("Наставники", columns).titled("Сколько мест у наставников");
        self.mentors.values().fold(sheet, |sheet, mentor| {
            let new = self.proposal.pairs.iter().filter(|pair| pair.mentor == mentor.id).count();
            let new = i64::try_from(new).unwrap_or(i64::MAX);
            let (capacity, load) = (i64::from(mentor.capacity), i64::from(mentor.load));
            sheet.row([
                Value::from(mentor.id.as_str()),
                capacity.into(),
                load.into(),
                new.into(),
                (capacity - load - new).into(),
            ])
        })
    }

    fn protocol_sheet(&self) -> serde_json::Result<Sheet> {
        let columns = [Column::text("Что", 50.0), Column::text("Значение", 90.0)];
        let sheet = Sheet::new("Протокол", columns)
            .titled("Протокол подбора наставнических пар")
            .note("Цели перечислены по важности: следующая никогда не перевешивает предыдущую.")
            .note("Одинаковые сведения и правила дают одинаковые суммы SHA-256, в каком бы порядке ни стояли строки.")
            .note("Дата «____» __________ 20___ г.    Куратор программы ____________ / ____________")
            .note("Члены комиссии ____________ / ____________    ____________ / ____________");
        Ok(self.lines()?.into_iter().fold(sheet, |sheet, (name, value)| sheet.row([name, value])))
    }

    fn remarks(&self) -> Sheet {
        let sheet = Sheet::new("Замечания", [Column::text("Проверьте", 120.0)]).titled("Как поняты файлы");
        self.question.remarks.iter().fold(sheet, |sheet, remark| sheet.row([remark.as_str()]))
    }
}
