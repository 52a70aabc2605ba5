"""Addresses that wait to be confirmed; who made what, and how much lately; what names look like"""

import sqlalchemy as sa
from alembic import op

from chatd.domain.text import email_key, look

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    _confirmations()
    _making()
    _looks()


def _confirmations() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pending_email', sa.Text(), nullable=True))


def _making() -> None:
    with op.batch_alter_table('channels', schema=None) as batch_op:
        batch_op.add_column(sa.Column('made_by', sa.String(length=64), nullable=True))
        batch_op.create_index('ix_channels_made_by', ['made_by', 'kind'], unique=False)
    op.execute(
        "UPDATE channels SET made_by = "
        "(SELECT coalesce(users.owner_id, users.id) FROM users WHERE users.id = channels.created_by) "
        "WHERE kind <> 'dm'"
    )
    op.create_table(
        'making',
        sa.Column('account_id', sa.String(length=64), nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('since', sa.BigInteger(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['users.id'], name=op.f('fk_making_account_id_users')),
        sa.PrimaryKeyConstraint('account_id', 'kind', name=op.f('pk_making')),
    )


def _looks() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('user_name_look', sa.Text(), nullable=True))
        batch_op.create_index('ix_users_look', ['user_name_look'], unique=False)
    with op.batch_alter_table('channels', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_look', sa.Text(), nullable=True))
        batch_op.create_index('ix_channels_look', ['name_look'], unique=False)
    connection = op.get_bind()
    users = connection.execute(sa.text("SELECT id, user_name, user_name_key, email, email_key FROM users")).all()
    addresses = {row.email_key for row in users}
    for row in users:
        if row.user_name_key is not None:
            values = {"id": row.id, "look": look(row.user_name)}
            connection.execute(sa.text("UPDATE users SET user_name_look = :look WHERE id = :id"), values)
        key = None if row.email is None else email_key(row.email)
        if key != row.email_key and key not in addresses:  # an address that two would have stays as it is
            addresses.add(key)
            connection.execute(sa.text("UPDATE users SET email_key = :key WHERE id = :id"), {"id": row.id, "key": key})
    for row in connection.execute(sa.text("SELECT id, name FROM channels WHERE name IS NOT NULL")).all():
        values = {"id": row.id, "look": look(row.name)}
        connection.execute(sa.text("UPDATE channels SET name_look = :look WHERE id = :id"), values)
