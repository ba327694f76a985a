import { migration } from '../../../shared/database/migrate.ts';

/** Members of families that were made before there was a feed are told of first. */
export const tellFamilies = migration('TellFamilies1767225600003', [
  `INSERT INTO frame_feed_event (position, kind, payload, recorded_ms)
     SELECT head.position + ROW_NUMBER() OVER (ORDER BY member.joined_ms, member.member_id),
       'family.joined',
       JSON_OBJECT('familyId', member.family_id, 'memberId', member.member_id),
       member.joined_ms
     FROM members_family_member member CROSS JOIN frame_feed_head head WHERE head.id = 1`,
  `UPDATE frame_feed_head
     SET position = (SELECT COALESCE(MAX(event.position), 0) FROM frame_feed_event event)
     WHERE id = 1`,
]);
