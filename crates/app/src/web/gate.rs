//! The gate of a route: lets in whom its [`Access`] names.

use super::{
    session::Who,
    view::{encoded_next, see_other},
};
use crate::{
    access::{Access, Standing, paths},
    error::Failure,
};
use axum::{
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Serves the request, or sends a stranger to sign in and a person without the role away.
pub async fn gate(access: Access, request: Request, next: Next) -> Response {
    let who = request.extensions().get::<Who>().cloned().unwrap_or_default().0;
    if !access.admits(who.as_deref().map(|visitor| visitor.roles.as_slice())) {
        return match who {
            Some(_) => Failure::Forbidden.into_response(),
            None if request.method() == Method::GET || request.method() == Method::HEAD => {
                let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
                see_other(&format!("{}?next={}", paths::SIGN_IN, encoded_next(wanted)))
            }
            None => see_other(paths::SIGN_IN),
        };
    }
    let path = request.uri().path();
    let must_change = access != Access::Public && who.as_ref().is_some_and(|visitor| visitor.password_is_temporary);
    if must_change && path != paths::PASSWORD && path != paths::SIGN_OUT {
        return see_other(paths::PASSWORD);
    }
    let must_set_up = access != Access::Public && who.is_some_and(|visitor| visitor.factor == Standing::Due);
    let open = [paths::PASSWORD, paths::SIGN_OUT, paths::SECOND_FACTOR];
    if must_set_up && !open.contains(&path) {
        return see_other(paths::SECOND_FACTOR);
    }
    next.run(request).await
}
