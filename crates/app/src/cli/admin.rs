//! `nastavnik admin create`.

use super::{DataArgs, Trouble};
use crate::{
    access::{self, Role, School, actions::NewAccount},
    clock::Clock,
};
use std::io::BufRead as _;

/// What can be done with administrators.
#[derive(Debug, clap::Subcommand)]
pub enum AdminCommand {
    /// Создать администратора; пароль читается со стандартного ввода
    Create(CreateArgs),
}

/// What `admin create` needs.
#[derive(Debug, clap::Args)]
pub struct CreateArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Логин, под которым администратор будет входить
    #[arg(long, value_name = "ЛОГИН")]
    login: String,
    /// Фамилия, имя, отчество
    #[arg(long, value_name = "ИМЯ")]
    name: String,
    /// Краткое название школы; нужно, если школ в базе несколько
    #[arg(long, value_name = "НАЗВАНИЕ")]
    school: Option<String>,
}

/// Creates an administrator in a school that exists.
pub async fn run(AdminCommand::Create(args): AdminCommand) -> Result<(), Trouble> {
    let data = args.data.join().await?;
    let app = data.app(Clock::system(), false)?;
    let mut tx = app.db.read().await?;
    let school = chosen(access::schools(&mut tx).await?, args.school.as_deref())?;
    drop(tx);
    let (login, name) = (args.login.trim(), args.name.trim());
    if name.is_empty() {
        return Err(Trouble::usage("Имя не может быть пустым."));
    }
    access::check_login(login).map_err(|bad| Trouble::usage(bad.to_string()))?;
    let password = password()?;
    access::check_password(&password, login, &[&school.name, &school.short_name])
        .map_err(|bad| Trouble::new(bad.to_string()))?;
    let hash = app.hasher.hash(password.clone()).await.map_err(|_| Trouble::new("Не удалось подготовить пароль."))?;
    let account = NewAccount {
        login: login.to_owned(),
        full_name: name.to_owned(),
        post: Role::Administrator.label().to_owned(),
        roles: vec![Role::Administrator],
        password,
        password_is_temporary: true,
    };
    let mut tx = app.db.begin().await?;
    access::actions::create_user(&mut tx, school.id, &account, &hash, None, app.clock.now()).await?;
    tx.commit().await?;
    println!(
        "Администратор «{login}» создан в школе «{}». При первом входе программа попросит сменить пароль.",
        school.short_name
    );
    data.db.close().await;
    Ok(())
}

/// Returns the school meant by a command: the only one, or the one named.
pub fn chosen(schools: Vec<School>, name: Option<&str>) -> Result<School, Trouble> {
    let names = schools.iter().map(|school| format!("«{}»", school.short_name)).collect::<Vec<_>>().join(", ");
    let found = match name {
        Some(name) => schools.into_iter().find(|school| database::fold(&school.short_name) == database::fold(name)),
        None if schools.len() == 1 => schools.into_iter().next(),
        None => None,
    };
    found.ok_or_else(|| {
        Trouble::new(if names.is_empty() {
            "В базе ещё нет школы. Запустите serve и откройте программу в браузере: первая страница создаст её."
                .to_owned()
        } else if name.is_some() {
            format!("Такой школы в базе нет. Есть: {names}.")
        } else {
            format!("В базе несколько школ, назовите одну: --school. Есть: {names}.")
        })
    })
}

fn password() -> Result<String, Trouble> {
    eprint!("Пароль: ");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|_| Trouble::new("Пароль не прочитан."))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
