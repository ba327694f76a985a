import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Day } from '../../../../shared/calendar.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Remedy } from '../domain/remedy.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';

/** What was done because of an incident for the member of a redemption. */
export type AppliedRemedy = Readonly<{
  redemptionId: string;
  incident: IncidentRow;
  remedy: Remedy;
  appliedAt: Date;
  validUntil: Day | null;
}>;

const SHOWN_MAX = 20;

/** In the order of these redemptions, of each the latest, the latest first. Two statements. */
export async function appliedRemedies(
  reader: EntityManager,
  redemptionIds: readonly string[],
): Promise<AppliedRemedy[][]> {
  type Found = Readonly<Record<'redemption_id' | 'incident_id', string>> &
    Readonly<Record<'done_ms' | 'valid_until', unknown>> &
    Readonly<{ effect: string | null }>;
  const found = await reader.query<Found[]>(
    `SELECT c.redemption_id, c.incident_id, c.effect, c.valid_until, m.done_ms
     FROM rewards_incident_case c JOIN rewards_incident_member m
       ON m.incident_id = c.incident_id AND m.member_id = c.member_id
     WHERE c.redemption_id IN (${placeholders(redemptionIds.length)}) AND m.effect = 'GIVEN'
     ORDER BY m.done_ms DESC, c.incident_id`,
    [...redemptionIds],
  );
  if (found.length === 0) return redemptionIds.map(() => []);
  const incidents = await reader.findBy(Incident, {
    id: In([...new Set(found.map((row) => row.incident_id))]),
  });
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const applied = found.flatMap((row): AppliedRemedy[] => {
    const incident = byId.get(row.incident_id);
    // Another voucher of hers may have been mended, and this one had been used.
    const isHit = row.effect !== null || incident?.remedy?.kind === 'BONUS';
    if (incident == null || incident.remedy === null || !isHit) return [];
    const validUntil = row.valid_until === null ? null : toSafeInteger(row.valid_until);
    const appliedAt = new Date(toSafeInteger(row.done_ms));
    const { redemption_id: redemptionId } = row;
    return [{ redemptionId, incident, remedy: incident.remedy, appliedAt, validUntil }];
  });
  const byRedemption = Map.groupBy(applied, ({ redemptionId }) => redemptionId);
  return redemptionIds.map((id) => (byRedemption.get(id) ?? []).slice(0, SHOWN_MAX));
}
