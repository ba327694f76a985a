import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { DeclareChannelsInput } from '../../schema.generated.ts';
import { lockMerchant } from '../../standing/commands/change-staff.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { DEFAULT_CHANNELS } from '../domain/channels.ts';
import { checkCodes } from './check-codes.ts';

export type ChannelsDeclared = Readonly<{ kind: 'ChannelsDeclared'; merchantId: string }>;

const CHANNELS_MAX = 50;

/** Says how a merchant sells from now on. What was recorded under others stays as it is. */
export async function declareChannels(
  work: Work,
  { merchantId, channels }: DeclareChannelsInput,
): Promise<ChannelsDeclared | NotFound | InvalidInput> {
  await requireDeed(work, merchantId, 'STORES');
  const unusable = checkChannels(channels);
  if (unusable !== null) return unusable;
  if (!(await lockMerchant(work, merchantId))) return notFound('MERCHANT_NOT_FOUND');

  // From here on the command must succeed.
  await execute(work.manager, 'DELETE FROM merchants_channel WHERE merchant_id = ?', [merchantId]);
  await insertChannels(work, merchantId, channels);
  return { kind: 'ChannelsDeclared', merchantId };
}

/** Refuses a list of channels that cannot be used. */
export function checkChannels(channels: readonly string[] | null | undefined): InvalidInput | null {
  if (channels == null) return null;
  if (channels.length === 0 || channels.length > CHANNELS_MAX) {
    return invalidInput('CHANNELS_NOT_USABLE', 'channels', { max: CHANNELS_MAX });
  }
  return checkCodes('channels', channels, (code, field) =>
    invalidInput('CHANNEL_REPEATED', field, { channel: code }),
  );
}

/** Those that a merchant states when it joins, else by what shops commonly sell. */
export const insertChannels = (
  { manager }: Pick<Work, 'manager'>,
  merchantId: string,
  channels: readonly string[] | null | undefined,
): Promise<unknown> =>
  insertRows(
    manager,
    'merchants_channel',
    ['merchant_id', 'code'],
    (channels ?? DEFAULT_CHANNELS).map((code) => [merchantId, code]),
  );
