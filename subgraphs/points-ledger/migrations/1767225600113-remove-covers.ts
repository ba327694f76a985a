import { migration } from '../../../shared/database/migrate.ts';

/** A cover that was taken away is a version too, of no points: its issuer issues at will from then on. */
export const removeCovers = migration('RemoveCovers1767225600113', [
  'ALTER TABLE points_cover_version ADD COLUMN removed INT NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))',
]);
