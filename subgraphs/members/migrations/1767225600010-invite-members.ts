import { migration } from '../../../shared/database/migrate.ts';

/** Who invited a member, one level and no chain (L1), and the devices by which one person is told from two (L4). */
export const inviteMembers = migration('InviteMembers1767225600010', [
  'ALTER TABLE members_member ADD COLUMN referred_by VARCHAR(64) NULL',
  `CREATE TABLE members_device (
    device_index VARCHAR(64) NOT NULL PRIMARY KEY,
    member_id VARCHAR(64) NOT NULL,
    FOREIGN KEY (member_id) REFERENCES members_member (id))`,
]);
