import { IsNull } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import type { DefineSegmentInput, EndSegmentInput } from '../../schema.generated.ts';
import { lockMerchant } from '../../standing/commands/change-staff.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { type SegmentTerms, saysNothing } from '../domain/segment.ts';
import { Segment } from '../entities/segment.ts';

export type SegmentChanged = Readonly<{ kind: 'SegmentChanged'; segmentId: string }>;

const NAME_MAX = 100;
const VALUES_MAX = 20;
const VALUE_MAX = 64;
const SEGMENTS_MAX = 50;

/** Defines a group of a merchant's customers. It says who they are, and never who is in it. */
export async function defineSegment(
  work: Work,
  { merchantId, name, terms: given }: DefineSegmentInput,
): Promise<SegmentChanged | NotFound | InvalidInput> {
  const { manager, at, newId, caller } = work;
  await requireDeed(work, merchantId, 'CAMPAIGNS');
  const terms = termsOf(given);
  const unusable =
    checkText('name.zh', name.zh, NAME_MAX) ??
    checkText('name.en', name.en, NAME_MAX) ??
    checkTerms(terms);
  if (unusable !== null) return unusable;
  if (!(await lockMerchant(work, merchantId))) return notFound('MERCHANT_NOT_FOUND');
  if ((await manager.countBy(Segment, { merchantId, endedAt: IsNull() })) >= SEGMENTS_MAX) {
    return invalidInput('TOO_MANY_SEGMENTS', 'merchantId', { max: SEGMENTS_MAX });
  }

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(Segment, {
    id,
    merchantId,
    nameZh: name.zh.trim(),
    nameEn: name.en.trim(),
    terms,
    definedBy: caller.subject,
    definedAt: at,
    endedAt: null,
  });
  return { kind: 'SegmentChanged', segmentId: id };
}

/** Ends a segment. Promotions that name it are told to nobody any more; a second time changes nothing. */
export async function endSegment(
  work: Work,
  { segmentId }: EndSegmentInput,
): Promise<SegmentChanged | NotFound> {
  const { manager, at, caller } = work;
  const segment = await manager.findOneBy(Segment, { id: segmentId });
  if (segment?.id !== segmentId || !actsForMerchant(caller, segment.merchantId)) {
    return notFound('SEGMENT_NOT_FOUND');
  }
  await requireDeed(work, segment.merchantId, 'CAMPAIGNS');

  // From here on the command must succeed.
  await manager.update(Segment, { id: segmentId, endedAt: IsNull() }, { endedAt: at });
  return { kind: 'SegmentChanged', segmentId };
}

type Given = DefineSegmentInput['terms'];

const termsOf = (given: Given): SegmentTerms => ({
  categories: given.categories ?? null,
  sizes: given.sizes ?? null,
  colours: given.colours ?? null,
  ordersAtLeast: given.ordersAtLeast ?? null,
  averageAtLeastMinor: given.averageAtLeastMinor ?? null,
  isRising: given.isRising,
});

function checkTerms(terms: SegmentTerms): InvalidInput | null {
  if (saysNothing(terms)) return invalidInput('SEGMENT_SAYS_NOTHING', 'terms');
  for (const name of ['categories', 'sizes', 'colours'] as const) {
    const values = terms[name];
    if (values === null) continue;
    if (values.length === 0 || values.length > VALUES_MAX) {
      return invalidInput('SEGMENT_VALUES_NOT_USABLE', `terms.${name}`, { max: VALUES_MAX });
    }
    for (const [index, value] of values.entries()) {
      const unusable = checkKey(`terms.${name}.${index}`, value, VALUE_MAX);
      if (unusable !== null) return unusable;
    }
  }
  for (const name of ['ordersAtLeast', 'averageAtLeastMinor'] as const) {
    const least = terms[name];
    if (least !== null && least < 1) return invalidInput('AMOUNT_NOT_POSITIVE', `terms.${name}`);
  }
  return null;
}
