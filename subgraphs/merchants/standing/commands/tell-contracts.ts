import { type EntityManager, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import type { Frame } from '../../../../shared/graphql/context.ts';
import { StandStill, type Worker } from '../../../../shared/workers.ts';
import { Merchant } from '../../entities/merchant.ts';
import { Contract, type ContractRow } from '../entities/contract.ts';

const AGREE = `mutation ($input: AgreeClearingTermsInput!) {
  agreeClearingTerms(input: $input) { __typename ... on Refusal { code message } }
}`;
const COVER = `mutation ($input: SetIssuerCoverInput!) {
  setIssuerCover(input: $input) { __typename ... on Refusal { code message } }
}`;
const UNCOVER = `mutation ($input: RemoveIssuerCoverInput!) {
  removeIssuerCover(input: $input) { __typename ... on Refusal { code message } }
}`;

const AT_ONCE = 50;

/**
 * Tells the ledger of each version of a contract when it comes into force: of a merchant one after the other,
 * and each once, by a key that names the version.
 */
export const contractTeller = (frame: Frame): Worker => ({
  name: 'merchants tells contracts',
  restMs: 1_000,
  async step() {
    const due = await dueContracts(frame);
    for (const contract of due) await tell(frame, contract);
    return due.length === AT_ONCE;
  },
});

const dueContracts = ({ database, clock }: Frame): Promise<ContractRow[]> =>
  readDue(database.reader, clock.now());

const readDue = (reader: EntityManager, now: Date): Promise<ContractRow[]> =>
  reader.find(Contract, {
    where: { toldAt: IsNull(), state: 'AGREED', effectiveAt: LessThanOrEqual(now) },
    order: { effectiveAt: 'ASC', merchantId: 'ASC', version: 'ASC' },
    take: AT_ONCE,
  });

async function tell(frame: Frame, contract: ContractRow): Promise<void> {
  const { merchantId, version, mode, currency, limits } = contract;
  const key = `contract:${merchantId}:v${version}`;
  await ask(frame, AGREE, {
    idempotencyKey: key,
    merchantId,
    mode,
    ...(mode === 'POSTPAID' && { paymentDays: contract.paymentDays }),
    feeNumerator: contract.feeNumerator,
    feeDenominator: contract.feeDenominator,
    guarantee: { amountMinor: contract.guaranteeMinor, currency },
  });
  for (const { unit, points } of limits) {
    await ask(frame, COVER, {
      idempotencyKey: `${key}:${unit}`,
      issuerId: merchantId,
      unit,
      points,
    });
  }
  for (const unit of await unlimited(frame, contract)) {
    await ask(frame, UNCOVER, { idempotencyKey: `${key}:${unit}`, issuerId: merchantId, unit });
  }
  const { priceMinor, pricePoints } = contract;
  await frame.database.transaction(async (manager) => {
    await manager.update(Contract, { merchantId, version }, { toldAt: frame.clock.now() });
    // What is issued goes by the contract itself; this is for whoever only looks at the merchant.
    await manager.update(Merchant, merchantId, { priceMinor, pricePoints, currency });
  });
}

/** The units that the version before it limited, and it does not. */
async function unlimited(
  { database }: Frame,
  { merchantId, version, limits }: ContractRow,
): Promise<string[]> {
  const agreed = await database.reader.find(Contract, {
    where: { merchantId, state: 'AGREED', version: LessThan(version) },
    order: { version: 'DESC' },
    take: 1,
  });
  const now = new Set(limits.map(({ unit }) => unit));
  return agreed.flatMap((before) =>
    before.limits.map(({ unit }) => unit).filter((unit) => !now.has(unit)),
  );
}

async function ask({ peers }: Frame, query: string, input: object): Promise<void> {
  type Answer = Readonly<Record<string, Readonly<{ code?: string; message?: string }>>>;
  const answer = await peers.ask<Answer>('points-ledger', query, { input });
  for (const { code, message } of Object.values(answer)) {
    // Our terms are within its bounds: somebody has to look, and what comes after has to wait.
    // An operator may have taken a cover away already: then nothing is left to do.
    if (code !== undefined && query !== UNCOVER)
      throw new StandStill(`points-ledger refused a contract: ${message}`);
  }
}
