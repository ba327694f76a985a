import { migration } from '../../../shared/database/migrate.ts';

/** Consents that stood before the feed told of them are told of first, once for each purpose. */
export const tellConsents = migration('TellConsents1767225600008', [
  `INSERT INTO frame_feed_event (position, kind, payload, recorded_ms)
     SELECT head.position + ROW_NUMBER() OVER (ORDER BY standing.since, standing.member_id, standing.purpose),
       'consent.granted',
       JSON_OBJECT('memberId', standing.member_id, 'purpose', standing.purpose),
       standing.since
     FROM (SELECT member_id, purpose, MIN(granted_ms) AS since FROM members_consent
       WHERE withdrawn_ms IS NULL GROUP BY member_id, purpose) standing
     CROSS JOIN frame_feed_head head WHERE head.id = 1`,
  `UPDATE frame_feed_head
     SET position = (SELECT COALESCE(MAX(event.position), 0) FROM frame_feed_event event)
     WHERE id = 1`,
]);
