"""The commands of `sinau db`: they look after the database."""

import typer

from bot.cli_options import Config, read_settings
from bot.errors import StartError

app = typer.Typer(help="Look after the database.", no_args_is_help=True)


@app.command()
def upgrade(config: Config = None) -> None:
    """Bring the database to the shape that this version needs."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.storage import migrate
    from bot.storage.engine import make_engine

    engine = make_engine(read_settings(config).database.url)
    try:
        migrate.upgrade(engine)
    except (SQLAlchemyError, OSError) as error:
        raise StartError(f"The database can't be reached ({type(error).__name__}); nothing was changed. Check database.url.") from error
    finally:
        engine.dispose()
    typer.echo(f"The database is at version {migrate.newest()}.")
