//! A consent and its purpose. Pure.

database::id_type! {
    /// The id of a consent.
    pub ConsentId;
    /// The id of a personal link of a representative.
    pub ConsentLinkId;
    /// The id of a clearance.
    pub ClearanceId;
    /// The id of a record of a special category.
    pub CategoryId;
}

database::stored_as_text! {
    /// What a consent is for; each purpose is a document of its own.
    pub enum Purpose {
        Participation = "participation" => "участие в программе и обработка персональных данных",
        SpecialCategories = "special_categories" => "обработка специальных категорий персональных данных",
        Transfer = "transfer" => "передача данных региональному центру и партнёрам",
        Distribution = "distribution" => "распространение имени, фото и видео",
    }
}
