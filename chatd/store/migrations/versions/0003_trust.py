"""Scopes of tokens; wrong second proofs; bots leave the private channels where their owner is not"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wrong_codes', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('codes_locked_until', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wrong_proofs', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('proofs_locked_until', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('scopes', sa.Text(), nullable=True))
    # What a token could do it still can.
    op.execute("UPDATE sessions SET scopes = 'read write admin:read admin:write' WHERE kind = 'token'")
    op.execute(
        "DELETE FROM memberships WHERE state = 'member' "
        "AND channel_id IN (SELECT id FROM channels WHERE kind = 'private') "
        "AND user_id IN (SELECT id FROM users WHERE role = 'bot') "
        "AND NOT EXISTS (SELECT 1 FROM users AS bots JOIN memberships AS owners ON owners.user_id = bots.owner_id "
        "WHERE bots.id = memberships.user_id AND owners.channel_id = memberships.channel_id "
        "AND owners.state = 'member')"
    )
