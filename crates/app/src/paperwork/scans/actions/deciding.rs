//! Somebody says whose a page is, or looks at it.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    files,
    paperwork::{
        CLOSED,
        model::PaperId,
        queries as papers,
        scans::{
            model::{ScanPage, ScanPageId, StackId},
            queries,
            review::Review,
        },
    },
    people::Sight,
    state::App,
};
use database::Tx;

/// What is decided about a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It belongs to a paper.
    Paper(PaperId),
    /// It is not needed.
    Drop,
    /// Nothing is decided any more.
    Open,
}

/// Decides about a page; deciding the same again changes nothing.
pub async fn decide(
    app: &App,
    visitor: &Visitor,
    (stack, page): (StackId, ScanPageId),
    decision: Decision,
) -> Answer<()> {
    let (school, now) = (visitor.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let (review, page) = seen(&mut tx, visitor, (stack, page)).await?;
    let (paper, is_dropped, said) = match decision {
        Decision::Paper(id) => {
            let paper = papers::paper(&mut tx, Sight::of(visitor)?, id).await?;
            if paper.is_closed {
                return Err(Failure::Refused(CLOSED.into()));
            }
            if page.picture_id.is_none() {
                return Err(Failure::Refused(
                    "Изображения этой страницы нет, приложить нечего: отсканируйте лист заново.".into(),
                ));
            }
            (Some(id), false, format!("к документу «{}»", paper.title))
        }
        Decision::Drop => (None, true, "не нужна".to_owned()),
        Decision::Open => (None, false, "решить позже".to_owned()),
    };
    if (page.paper_id, page.is_dropped) == (paper, is_dropped) {
        return Ok(());
    }
    queries::decide(&mut tx, (school, stack), page.id, (paper, is_dropped)).await?;
    if !queries::touch(&mut tx, (school, stack), (review.stack.version, 0)).await? {
        return Err(Failure::stale());
    }
    let act = Act::of(visitor, Event::ScanDecided, subject(stack)).with([Change::fact("Страница", said)]);
    audit::record(&mut tx, act, now).await?;
    Ok(tx.commit().await?)
}

/// Returns a page that may be shown, with its stack.
pub async fn seen(tx: &mut Tx, visitor: &Visitor, (stack, page): (StackId, ScanPageId)) -> Answer<(Review, ScanPage)> {
    let review = Review::load(tx, visitor, stack, visitor.today).await?;
    let page = review.shown().find(|known| known.id == page).cloned().ok_or(Failure::NotFound)?;
    Ok((review, page))
}

/// Returns the picture of a page, which is noted.
pub async fn picture(app: &App, visitor: &Visitor, (stack, page): (StackId, ScanPageId)) -> Answer<Vec<u8>> {
    let mut tx = app.db.begin().await?;
    let (_, page) = seen(&mut tx, visitor, (stack, page)).await?;
    let file = files::file(&mut tx, visitor.school_id(), page.picture_id.ok_or(Failure::NotFound)?).await?;
    audit::record(&mut tx, Act::of(visitor, Event::ScanSeen, subject(stack)), app.clock.now()).await?;
    tx.commit().await?;
    Ok(app.files.bytes(&file).await?)
}
