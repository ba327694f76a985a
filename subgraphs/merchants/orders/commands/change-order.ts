import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { OpenPurchase } from '../../commands/return-rows.ts';
import { defectOfSetting, type OrderSetting, settingOf } from '../../domain/order.ts';
import type { SellingRule } from '../../rules/queries/selling-rules.ts';
import type { CorrectPurchaseInput, UpgradePurchaseInput } from '../../schema.generated.ts';
import { closedTo } from '../../standing/domain/issuing.ts';
import { readStandings } from '../../standing/queries/standings.ts';
import { inRegions } from '../../standing/queries/stores.ts';
import { defectOfCategories } from '../../till/domain/categories.ts';
import { defectOfChannel } from '../../till/domain/channels.ts';
import { defectOfStore } from '../../till/domain/stores.ts';
import { sellsFor } from '../../till/queries/sells.ts';
import { type AmendedLines, type Change, keptMinor } from '../domain/amended-lines.ts';
import {
  changeOf,
  checkedChange,
  defectOfChange,
  newLinesOf,
  pathsOf,
} from '../domain/checked-change.ts';
import { Amendment } from '../entities/amendment.ts';
import { Cancellation } from '../entities/cancellation.ts';
import { lockOwnPurchase } from '../queries/find-purchase.ts';
import { amendPurchase, type PurchaseAmended } from './amend-purchase.ts';

export const REASON_MAX = 500;

/** What was asked before: it only counts when this command was not answered already. */
export type AskedBefore = Readonly<{
  /** The versions of the merchant's rules when the purchase was recorded. */
  rules: readonly SellingRule[];
  /** Whether the certificate of each line that the change brings was valid, in their order; null: not asked. */
  green: ReadonlyMap<number, boolean> | null;
}>;

type Common =
  | PurchaseAmended
  | Refused<'PurchaseCancelled'>
  | Refused<'PurchaseNotReady'>
  | NotFound
  | InvalidInput;

/** Something dearer takes the place of lines, such as a better room, and the difference in points is given. */
export const upgradePurchaseOf = (asked: AskedBefore) =>
  async function upgradePurchase(
    work: Work,
    { purchaseId, reason, replace }: UpgradePurchaseInput,
  ): Promise<Common | Refused<'NotAnUpgrade'> | Refused<'MerchantNotActive'>> {
    const change = changeOf({ replace });
    const unusable = checkText('reason', reason, REASON_MAX) ?? defectOfChange(change);
    if (unusable !== null) return unusable;
    if (replace.length === 0) return invalidInput('NOTHING_TO_CHANGE', 'replace');
    const open = await lockAmendable(work, purchaseId, 'RECORD');
    if ('kind' in open) return open;
    const { merchantId } = open.row;
    const seller = (await readStandings(work.manager, [merchantId])).get(merchantId);
    const closed = seller && closedTo(seller, { purchasedAt: work.at, at: work.at });
    if (closed) return refused('MerchantNotActive', closed);
    const unknown = await unknownCategoryIn(work, open, change);
    if (unknown !== null) return unknown;
    const after = checkedChange(purchaseId, await lineNumbersOf(work, open), change);
    if ('kind' in after) return after;
    const cheaper = notDearer(open, change);
    if (cheaper !== null) {
      return refused('NotAnUpgrade', 'NOT_AN_UPGRADE', { field: `replace.${cheaper}.with` });
    }
    const setting = settingOf(open.row);
    const lines = withGreen(after, change, asked);
    return amendPurchase(work, {
      kind: 'UPGRADE',
      reason: reason.trim(),
      open,
      after: lines,
      setting,
      rules: asked.rules,
    });
  };

/** What was entered wrongly is put right: the order earns what it would have earned, entered rightly. */
export const correctPurchaseOf = (asked: AskedBefore) =>
  async function correctPurchase(work: Work, input: CorrectPurchaseInput): Promise<Common> {
    const { purchaseId, reason } = input;
    const change = changeOf(input);
    const unusable = checkText('reason', reason, REASON_MAX) ?? defectOfChange(change);
    if (unusable !== null) return unusable;
    const isNothing = change.replacements.length === 0 && change.added.length === 0;
    if (isNothing && input.setting == null) return invalidInput('NOTHING_TO_CHANGE', 'replace');
    const open = await lockAmendable(work, purchaseId, 'CORRECT');
    if ('kind' in open) return open;
    const setting = await correctedSetting(work, open, input.setting);
    if ('kind' in setting) return setting;
    const unknown = await unknownCategoryIn(work, open, change);
    if (unknown !== null) return unknown;
    const after = checkedChange(purchaseId, await lineNumbersOf(work, open), change);
    if ('kind' in after) return after;
    const lines = withGreen(after, change, asked);
    return amendPurchase(work, {
      kind: 'CORRECTION',
      reason: reason.trim(),
      open,
      after: lines,
      setting,
      rules: asked.rules,
    });
  };

async function lockAmendable(work: Work, purchaseId: string, deed: 'RECORD' | 'CORRECT') {
  const open = await lockOwnPurchase(work, purchaseId, deed);
  if ('kind' in open) return open;
  return (await work.manager.existsBy(Cancellation, { purchaseId }))
    ? refused('PurchaseCancelled', 'PURCHASE_CANCELLED')
    : open;
}

/** The lines of a purchase, and the highest number that any of them ever had. */
async function lineNumbersOf(
  { manager }: Work,
  { row, lines }: OpenPurchase,
): Promise<AmendedLines> {
  const before = await manager.maximum(Amendment, 'lastLine', { purchaseId: row.id });
  const numbers = lines.map(({ number }) => number);
  return { lines, lastLine: Math.max(Number(before ?? 0), ...numbers) };
}

/** The first line that a change brings of a category which the merchant does not have, or null. */
async function unknownCategoryIn(
  { manager }: Work,
  { row }: OpenPurchase,
  change: Change,
): Promise<InvalidInput | null> {
  const lines = newLinesOf(change);
  const paths = pathsOf(change);
  const { categories } = await sellsFor(manager, row.merchantId, [{ lines }]);
  const found = defectOfCategories(lines, categories, (index) => paths[index] ?? 'add');
  return found === null ? null : invalidInput(found.code, found.field, found.parameters);
}

/** The first replacement that is not dearer than what it replaces, by its place, or null. */
function notDearer({ lines }: OpenPurchase, { replacements }: Change): number | null {
  const kept = new Map(lines.map((line) => [line.number, keptMinor(line)]));
  const found = replacements.findIndex(
    ({ number, with: better }) =>
      sum(better.map(({ amountMinor }) => amountMinor)) <= (kept.get(number) ?? 0),
  );
  return found === -1 ? null : found;
}

async function correctedSetting(
  { manager }: Work,
  { row }: OpenPurchase,
  asked: CorrectPurchaseInput['setting'],
): Promise<OrderSetting | InvalidInput> {
  if (asked == null) return settingOf(row);
  const setting = settingOf(asked);
  const { channels, stores } = await sellsFor(manager, row.merchantId, [setting]);
  const defect =
    defectOfSetting(setting) ??
    defectOfStore(setting.storeId, stores) ??
    defectOfChannel(setting.channel, channels);
  if (defect !== null) {
    return invalidInput(defect.code, `setting.${defect.field}`, defect.parameters);
  }
  const [placed = setting] = await inRegions(manager, row.merchantId, [setting]);
  return placed;
}

/** The lines with what is known of the certificates of those that are new. */
function withGreen(
  { lines, lastLine }: AmendedLines,
  { replacements, added }: Change,
  { green }: AskedBefore,
): AmendedLines {
  const fresh = added.length + sum(replacements.map((one) => one.with.length));
  const first = lines.length - fresh;
  return {
    lastLine,
    lines: lines.map((line, index) =>
      index < first || line.isGreen !== null
        ? line
        : { ...line, isGreen: green?.get(index - first + 1) ?? null },
    ),
  };
}
