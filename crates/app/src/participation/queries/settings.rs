//! The settings of a year.

use crate::{access::SchoolId, participation::settings::Settings, school_year::SchoolYear};
use database::{Result, Tx, args};

database::queries! {
    /// The settings of a year, if somebody saved them.
    SETTINGS = "
        SELECT age_from, age_to, counts_mentors, young_years, both_sign_from_14, clearance_blocks, special_categories, version
        FROM participation_settings
        WHERE school_id = $1 AND school_year = $2";
    /// Saves the settings of a year for the first time.
    INSERT_SETTINGS = "
        INSERT INTO participation_settings (school_id, school_year, age_from, age_to, counts_mentors, young_years,
                                            both_sign_from_14, clearance_blocks, special_categories, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
        ON CONFLICT (school_id, school_year) DO NOTHING";
    /// Saves the settings of a year if nobody saved them since `version`.
    UPDATE_SETTINGS = "
        UPDATE participation_settings
        SET age_from = $3, age_to = $4, counts_mentors = $5, young_years = $6, both_sign_from_14 = $7,
            clearance_blocks = $8, special_categories = $9, version = version + 1
        WHERE school_id = $1 AND school_year = $2 AND version = $10";
}

/// Returns the settings of a year; the defaults as long as nobody saved them.
pub async fn settings(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Settings> {
    Ok(tx.maybe(SETTINGS, args![school, year.start_year()]).await?.unwrap_or_default())
}

/// Saves the settings of a year; `false` when somebody saved them since `settings.version`.
pub async fn save_settings(tx: &mut Tx, school: SchoolId, year: SchoolYear, settings: &Settings) -> Result<bool> {
    let s = settings;
    let mut facts = args![
        school,
        year.start_year(),
        s.age_from,
        s.age_to,
        s.counts_mentors,
        s.young_years,
        s.both_sign_from_14,
        s.clearance_blocks,
        s.special_categories,
    ];
    let touched = if s.version == 0 {
        tx.run(INSERT_SETTINGS, facts).await?
    } else {
        facts.extend(args![s.version]);
        tx.run(UPDATE_SETTINGS, facts).await?
    };
    Ok(touched == 1)
}
