"""Who made a channel, whoever has it now; how much an account made lately"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
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
