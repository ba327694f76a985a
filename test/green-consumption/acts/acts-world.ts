import type { Caller } from '../../../shared/graphql/caller.ts';
import { SubgraphFailure } from '../../../shared/graphql/request.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import { greenConsumption } from '../../../subgraphs/green-consumption/subgraph.ts';
import { type Alone, openAlone } from '../../support/alone.ts';
import type { Engine } from '../../support/engines.ts';
import { freshKey } from '../../support/people.ts';

type Given = Readonly<Record<string, unknown>>;
export type Asked = Readonly<{ as?: Caller; locale?: Locale }>;

/** Whether members is out of reach, for those whose name begins with `far`. */
export const outage = { isOn: false };

/**
 * Green consumption alone. Members answers that everybody is there whose name does not begin with `no`, and merchants that
 * orders are unknown, but for those of Doris.
 */
export const openGreen = (engine: Engine): Promise<Alone> =>
  openAlone(engine, greenConsumption, {
    peer: (name, { query, variables }) => {
      if (name === 'merchants' && query.includes('orderBuyer')) {
        const { r = [], ...numbers } = (variables ?? {}) as {
          r?: { id: string }[];
          asTyped?: string;
          spelt?: string;
        };
        const buyerOf = (number?: string) => (number?.startsWith('dora-') ? 'doris' : null);
        return {
          data: {
            _entities: r.map(({ id }) => (id === 'nobody' ? null : { id })),
            ...{ asTyped: buyerOf(numbers.asTyped), spelt: buyerOf(numbers.spelt) },
          },
        };
      }
      if (name !== 'members' || !variables?.representations) return null;
      const asked = variables.representations as { id: string }[];
      if (outage.isOn && asked.some(({ id }) => id.startsWith('far'))) {
        throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'members does not answer');
      }
      const known = asked.map(({ id }) => (id.startsWith('no') ? null : { id, status: 'ACTIVE' }));
      return { data: { _entities: known } };
    },
  });

/** One subgraph alone, or the alliance. */
type Asking = Readonly<{
  ask: (
    query: string,
    variables: Record<string, unknown>,
    asked: Asked,
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
  ) => Promise<{ data: any; errors: readonly { extensions?: any }[] | undefined }>;
}>;

const ACT = `id behaviour activityMilli countedMilli unit grams basis factorVersion region
  externalClaimId revokedAt revocationReason`;

let counter = 0;
/** An evidence number that no other act of this run has. */
export const freshNumber = (): string => {
  counter += 1;
  return `N-${counter}`;
};

/** What any mutation of acts answers; a fault as `{ fault }`. */
async function deed(alone: Asking, name: string, input: Given, asked: Asked) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const success =
    name === 'revokeGreenAct'
      ? `... on GreenActRevoked { act { ${ACT} } }`
      : name === 'registerGreenProject'
        ? '... on GreenProjectRegistered { project { id code title } }'
        : `... on GreenActRecorded { act { ${ACT} } }`;
  const capped = name === 'recordGreenAct' ? '... on ActCapReached { resetsOn }' : '';
  const tracked = name === 'revokeGreenAct' ? '' : '... on TrackNotAccepted { field }';
  const { data, errors } = await alone.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${success} ${capped} ${tracked}
      ... on Refusal { code message } ... on InvalidInput { field } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    asked,
  );
  return errors === undefined ? data[name] : { fault: errors[0]?.extensions?.code };
}

/** An act as it is recorded: a metro trip of Ann's on the day before, unless said otherwise. */
export const actInput = ({ evidence = {}, ...given }: Given & { evidence?: Given } = {}) => ({
  memberId: 'ann',
  behaviour: 'METRO_TRIP',
  activityMilli: 1_000,
  unit: 'trip',
  occurredAt: '2026-11-21T02:00:00Z',
  region: '310000',
  evidence: { kind: 'RIDE', issuer: 'shanghai-metro', number: freshNumber(), ...evidence },
  ...given,
});

export const record = (
  alone: Asking,
  given: Given & { evidence?: Given } = {},
  asked: Asked = {},
) => deed(alone, 'recordGreenAct', actInput(given), asked);

const HASH = 'a'.repeat(64);

export const revoke = (alone: Asking, actId: string, given: Given = {}, asked: Asked = {}) =>
  deed(
    alone,
    'revokeGreenAct',
    { actId, reason: 'RECORDED_WRONGLY', evidenceHash: HASH, ...given },
    asked,
  );

export const project = (alone: Asking, given: Given = {}, asked: Asked = {}) =>
  deed(
    alone,
    'registerGreenProject',
    {
      code: 'TREES-2026',
      titleZh: '植树',
      titleEn: 'Planting trees',
      organiser: 'City forestry',
      source: 'https://trees.example/2026',
      region: '310000',
      startsOn: '2026-11-01',
      endsOn: '2026-11-30',
      ...given,
    },
    asked,
  );

export const takePart = (alone: Asking, given: Given = {}, asked: Asked = {}) =>
  deed(
    alone,
    'recordGreenParticipation',
    {
      memberId: 'ann',
      projectCode: 'TREES-2026',
      evidenceNumber: freshNumber(),
      occurredAt: '2026-11-21T02:00:00Z',
      ...given,
    },
    asked,
  );

/** The feed of this subgraph. */
export async function feedOf(alone: Alone, as: Caller) {
  const { greenConsumptionFeed } = await alone.data(
    '{ greenConsumptionFeed(after: 0, first: 1000) { kind payload } }',
    {},
    { as },
  );
  return greenConsumptionFeed.map((event: { kind: string; payload: string }) => ({
    kind: event.kind,
    ...JSON.parse(event.payload),
  }));
}
