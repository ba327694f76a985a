/**
 * Tells what the alliance is for, as a short story with real requests on an alliance of its own:
 * purchases, wallet, quote, redemption, claims that add up to zero, grams. `npm run demo`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../../shared/assert.ts';
import { createLogger } from '../../shared/logger.ts';
import { settle } from '../../shared/workers.ts';
import { openAlliance, operatorOf } from '../alliance.ts';
import { loadDemo } from './load.ts';

const WALLET = `query ($id: ID!) { member(id: $id) { wallet { available
  lots { unit points expiresOn issuer { name } } } } }`;

const QUOTE = `query ($input: QuoteRedemptionInput!) { quoteRedemption(input: $input) {
  ... on RedemptionQuote { points available remaining reward { title merchant { name } } } } }`;

const REDEEM = `mutation ($input: RedeemInput!) { redeem(input: $input) { __typename
  ... on RewardRedeemed { redemption { id carbonGrams voucher { code validUntil }
    burns { points expiresOn issuer { name } }
    claims { points debtor { name } creditor { name } amount { amountMinor } } } }
  ... on Refusal { code message } } }`;

const AFTER = `query ($id: ID!) { member(id: $id) { carbonGrams }
  clearingPositions { merchant { name } net { amountMinor } }
  conservation { balance } }`;

async function tell(): Promise<void> {
  const ask = alliance.askAs(operatorOf('demo'));
  console.log('Tongdui 通兑 — a points alliance in one minute\n');
  const { members, merchants, rewards } = await loadDemo(
    ask,
    alliance.askAs(operatorOf('demo-second')),
  );
  await settle(alliance.workers);
  const lin = members.lin;
  console.log(
    `${Object.keys(merchants).length} merchants of twelve trades issue points, among them`,
  );
  console.log(
    'a supermarket, a restaurant, a clothes shop and a hotel. 林小雨 shopped at seven.\n',
  );

  const before = await ask(WALLET, { id: lin });
  tellWallet(
    'Her alliance points, by who owes them and in the order of spending:',
    before.member.wallet,
  );

  const reward = rewards['ev-charging'];
  const { quoteRedemption: quote } = await ask(QUOTE, {
    input: { memberId: lin, rewardId: reward },
  });
  console.log(`\nShe looks at "${quote.reward.title}" of ${quote.reward.merchant.name}:`);
  console.log(
    `  ${quote.points} points; she has ${quote.available} and would have ${quote.remaining} left.`,
  );

  const input = { memberId: lin, rewardId: reward, idempotencyKey: 'demo:story:redeem' };
  const { redeem } = await ask(REDEEM, { input });
  assert(redeem.__typename === 'RewardRedeemed', `the demo redeems, not ${redeem.__typename}`);
  const { redemption } = redeem;
  console.log(`\nShe redeems. One operation, five services:`);
  console.log(`  voucher ${redemption.voucher.code}, good until ${redemption.voucher.validUntil}`);
  for (const { points, issuer, expiresOn } of redemption.burns) {
    console.log(
      `  burnt   ${pad(points)} points of ${issuer.name} (expire ${expiresOn ?? 'never'})`,
    );
  }
  console.log('\nWho owes whom for it, at the price frozen when each point was issued:');
  for (const { debtor, creditor, points, amount } of redemption.claims) {
    console.log(
      `  ${debtor.name} owes ${creditor.name} ${yuan(amount.amountMinor)} for ${points} points`,
    );
  }

  const again = await ask(REDEEM, { input });
  assert(again.redeem.redemption.id === redemption.id, 'the same key gives the same redemption');
  console.log(
    '\nThe network stutters and the same request comes again: the same redemption, nothing twice.',
  );

  await settle(alliance.workers);
  const { clearingPositions, conservation, member } = await ask(AFTER, { id: lin });
  console.log('\nAll merchants together:');
  for (const { merchant, net } of clearingPositions) {
    console.log(`  ${yuan(net.amountMinor).padStart(12)}  ${merchant.name}`);
  }
  const total = sumOf(clearingPositions.map(({ net }: { net: Money }) => net.amountMinor));
  assert(total === 0, 'claims add up to zero');
  const open = conservation.filter(({ balance }: { balance: number }) => balance !== 0);
  assert(open.length === 0, 'every point issued is somewhere');
  console.log(`  ${yuan(total).padStart(12)}  in all; and every point issued is somewhere.`);
  console.log(
    `\nThe redemption saved ${redemption.carbonGrams} g CO2e; with her purchases 林小雨 saved ${member.carbonGrams} g.`,
  );
  console.log('\nTry it yourself: npm start');
}

type Money = Readonly<{ amountMinor: number }>;

type Lot = Readonly<{
  unit: string;
  points: number;
  expiresOn: string | null;
  issuer: { name: string };
}>;

function tellWallet(title: string, wallet: { available: number; lots: Lot[] }): void {
  console.log(title);
  for (const { unit, points, expiresOn, issuer } of wallet.lots) {
    if (unit !== 'ALLIANCE') continue;
    console.log(`  ${pad(points)}  ${issuer.name}, expire ${expiresOn ?? 'never'}`);
  }
  console.log(`  ${pad(wallet.available)}  in all`);
}

const pad = (points: number): string => String(points).padStart(6);

/** Fen as yuan. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} yuan`;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const folder = mkdtempSync(join(tmpdir(), 'tongdui-demo-'));
const alliance = await openAlliance({
  databaseUrl: `sqlite:${folder}`,
  keys: { cursor: 'demo'.repeat(8), personal: 'demo'.repeat(8) },
  logger: createLogger('warn'),
});
try {
  await tell();
} finally {
  await alliance.close();
  rmSync(folder, { recursive: true, force: true });
}
