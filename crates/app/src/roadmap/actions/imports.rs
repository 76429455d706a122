//! Taking a school's own road map over: a file that was read waits until somebody has looked at it, then becomes a draft.
//!
//! Reading writes nothing but the waiting file itself; taking it over is one transaction, and doing it twice leads to
//! the same draft (security rule 22).

use super::{adopt_draft, subject_of};
use crate::{
    audit::{self, Author, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    roadmap::{
        import::{self, TemplateRules},
        model::{ImportId, Origin, ProgrammeId},
        queries::{self, ImportRecord, NewImport},
        reading::{self, Mapping, Understood},
        template::Template,
    },
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, TimeDelta, Utc};
use database::Tx;
use documents::tables::Table;

/// Days after which a file that nobody took over is forgotten.
const DAYS_KEPT: i64 = 30;

impl ImportRecord {
    /// Returns what was understood of the tables.
    pub fn understood(&self) -> Answer<Understood> {
        Ok(reading::understand_with(&self.tables.0, self.year()?, &self.mapping()?))
    }

    /// Returns the school year it is for.
    pub fn year(&self) -> Answer<SchoolYear> {
        i32::try_from(self.school_year).ok().and_then(SchoolYear::starting_in).ok_or(Failure::NotFound)
    }

    /// Returns what the columns were taken for.
    pub fn mapping(&self) -> Answer<Mapping> {
        serde_json::from_value(self.mapping.0.clone()).map_err(|error| Failure::unforeseen(&error))
    }
}

/// Keeps the tables of a file until somebody has looked at them.
pub async fn keep_import(
    app: &App,
    author: Author<'_>,
    source_name: &str,
    tables: &[Table],
    year: SchoolYear,
) -> Answer<ImportId> {
    let now = app.clock.now();
    let mapping = as_json(&Mapping::detect(tables))?;
    let mut tx = app.db.begin().await?;
    queries::forget_imports_before(&mut tx, author.school_id(), now - TimeDelta::days(DAYS_KEPT)).await?;
    let new = NewImport { year, source_name, tables, mapping };
    let id = queries::insert_import(&mut tx, author.school_id(), &new, author.user(), now).await?;
    let subject = Subject { kind: SubjectKind::Programme, id: None, name: year.to_string() };
    let act = author.act(Event::RoadmapRead, subject).with([Change::fact("Файл", source_name)]);
    audit::record(&mut tx, act, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Keeps what a person says about the columns and the school year of a waiting road map.
pub async fn correct_import(
    app: &App,
    author: Author<'_>,
    id: ImportId,
    mapping: &Mapping,
    year: SchoolYear,
) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    if !queries::set_mapping(&mut tx, author.school_id(), id, as_json(mapping)?, year).await? {
        return Err(Failure::Refused("Эта дорожная карта уже принята: изменить её можно в черновике.".into()));
    }
    Ok(tx.commit().await?)
}

/// Makes a draft of a waiting road map, once; asked again, returns the draft it has become.
pub async fn adopt_import(app: &App, author: Author<'_>, id: ImportId, rules: TemplateRules) -> Answer<ProgrammeId> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let import = queries::import(&mut tx, author.school_id(), id).await?;
    if let Some(programme) = import.programme_id {
        return Ok(programme);
    }
    // Writing the mapping back locks the waiting file: of two requests at once the second waits here and then sees the draft.
    let free = queries::set_mapping(&mut tx, author.school_id(), id, import.mapping.0.clone(), import.year()?).await?;
    if !free {
        let import = queries::import(&mut tx, author.school_id(), id).await?;
        return import.programme_id.ok_or(Failure::NotFound);
    }
    let programme = adopt_understood(&mut tx, author, (&import.understood()?, import.year()?), rules, now).await?;
    queries::apply_import(&mut tx, author.school_id(), id, programme, now).await?;
    tx.commit().await?;
    Ok(programme)
}

/// Writes what was understood as a draft.
pub async fn adopt_understood(
    tx: &mut Tx,
    author: Author<'_>,
    (understood, year): (&Understood, SchoolYear),
    rules: TemplateRules,
    now: DateTime<Utc>,
) -> Answer<ProgrammeId> {
    import::check(understood).map_err(|refusal| Failure::Refused(refusal.to_string()))?;
    let template = Template::built_in().map_err(|error| Failure::unforeseen(error))?;
    let draft = import::draft(understood, template, rules);
    let facts = (year, import::title(understood, year), Origin::Import);
    let id = adopt_draft(tx, author, facts, &draft, now).await?;
    let programme = queries::programme(tx, author.school_id(), id).await?;
    audit::record(tx, author.act(Event::RoadmapImported, subject_of(&programme)), now).await?;
    Ok(id)
}

fn as_json(mapping: &Mapping) -> Answer<serde_json::Value> {
    serde_json::to_value(mapping).map_err(|error| Failure::unforeseen(&error))
}
