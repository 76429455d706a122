//! The time zones of Russia. Pure.

/// The eleven zones of the law on the reckoning of time (№ 107-ФЗ of 03.06.2011, article 5): the name that stands in
/// the database, whole hours from Moscow, and cities people know the zone by.
const ZONES: &[(&str, i32, &str)] = &[
    ("Europe/Kaliningrad", -1, "Калининград"),
    ("Europe/Moscow", 0, "Москва, Санкт-Петербург, Казань"),
    ("Europe/Samara", 1, "Самара, Ижевск, Саратов, Астрахань, Ульяновск"),
    ("Asia/Yekaterinburg", 2, "Екатеринбург, Челябинск, Пермь, Уфа, Тюмень"),
    ("Asia/Omsk", 3, "Омск"),
    ("Asia/Krasnoyarsk", 4, "Красноярск, Новосибирск, Томск, Барнаул, Кемерово"),
    ("Asia/Irkutsk", 5, "Иркутск, Улан-Удэ"),
    ("Asia/Yakutsk", 6, "Якутск, Чита, Благовещенск"),
    ("Asia/Vladivostok", 7, "Владивосток, Хабаровск"),
    ("Asia/Magadan", 8, "Магадан, Южно-Сахалинск"),
    ("Asia/Kamchatka", 9, "Петропавловск-Камчатский, Анадырь"),
];

/// Returns the zones to choose from: the name for the database and the words for people.
pub fn zones() -> Vec<(&'static str, String)> {
    ZONES.iter().map(|(name, from_moscow, cities)| (*name, format!("{cities} ({})", offset(*from_moscow)))).collect()
}

/// Returns the words for a zone; a name that is none of Russia's stays as it is.
pub fn zone_label(name: &str) -> String {
    zones().into_iter().find(|(known, _)| *known == name).map_or_else(|| name.to_owned(), |(_, label)| label)
}

fn offset(from_moscow: i32) -> String {
    match from_moscow {
        0 => "московское время".to_owned(),
        ahead @ 1.. => format!("МСК+{ahead}"),
        behind => format!("МСК−{}", -behind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Offset as _, TimeZone as _};
    use chrono_tz::Tz;

    #[test]
    fn the_words_say_how_far_the_zone_is_from_moscow() {
        let day = DateTime::from_timestamp(1_795_000_000, 0).unwrap().naive_utc(); // November 2026
        let seconds = |zone: Tz| zone.offset_from_utc_datetime(&day).fix().local_minus_utc();
        for (name, from_moscow, _) in ZONES {
            let zone: Tz = name.parse().unwrap();
            assert_eq!(seconds(zone) - seconds(Tz::Europe__Moscow), from_moscow * 3600, "{name}");
        }
        assert_eq!(ZONES.len(), 11);
    }

    #[test]
    fn a_zone_that_is_not_in_the_list_keeps_its_name() {
        assert_eq!(zone_label("Asia/Omsk"), "Омск (МСК+3)");
        assert_eq!(zone_label("Europe/Kaliningrad"), "Калининград (МСК−1)");
        assert_eq!(zone_label("Europe/Saratov"), "Europe/Saratov");
    }
}
