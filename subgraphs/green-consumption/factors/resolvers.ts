import { assert } from '../../../shared/assert.ts';
import { dayOf, isoDay } from '../../../shared/calendar.ts';
import type { Context } from '../context.ts';
import { type Factor, inForce, supersededBy } from '../domain/factors.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../schema.generated.ts';
import { askAndPropose } from './around-commands.ts';
import {
  confirmEmissionFactor,
  withdrawEmissionFactor,
} from './commands/decide-emission-factor.ts';
import { toldIn } from './domain/chinese.ts';
import { nameOf } from './domain/figure.ts';
import { figures } from './domain/figures.ts';
import { FactorProposal, factorOf } from './entities/factor-proposal.ts';

export const factorQueries: QueryResolvers = {
  async emissionFactors(_, { filter }, { clock, loaders }) {
    const all = await loaders.factors();
    const asked = filter?.includeSuperseded ? all : inForce(dayOf(clock.now()), all);
    return asked.filter(
      (factor) =>
        (factor.isEnabled || filter?.includeNotClaimed === true) && fits(factor, filter ?? {}),
    );
  },
  emissionFactor: async (_, { code, version }, { loaders }) =>
    (await loaders.factors()).find((one) => one.code === code && one.version === version) ?? null,
  emissionFigures: (_, { filter }) => figures.filter((figure) => fits(figure, filter ?? {})),
  proposedEmissionFactors: (_, __, { database }) =>
    database.reader.find(FactorProposal, { where: { state: 'OPEN' }, order: { id: 'ASC' } }),
};

type Asked = Readonly<{
  code?: string | null | undefined;
  region?: string | null | undefined;
  basis?: string | null | undefined;
}>;

const fits = (
  one: Readonly<{ code: string; region: string; basis: string | null }>,
  { code, region, basis }: Asked,
): boolean =>
  (code == null || one.code === code) &&
  (region == null || one.region === region) &&
  (basis == null || one.basis === basis);

export const factorMutations: MutationResolvers = {
  proposeEmissionFactor: (_, { input }, context) => askAndPropose(context, input),
  confirmEmissionFactor: (_, { input }, { run }) => run(confirmEmissionFactor, input),
  withdrawEmissionFactor: (_, { input }, { run }) => run(withdrawEmissionFactor, input),
};

export const factorTypes = {
  EmissionFactor: {
    name: ({ name }, _, { locale }) => name[locale],
    source: ({ source }, _, { locale }) => toldIn(locale, source),
    grams: ({ saving }) => saving.numerator,
    perUnits: ({ saving }) => saving.denominator,
    publishedOn: ({ publishedOn }) => (publishedOn === null ? null : isoDay(publishedOn)),
    since: ({ since }) => (since === 0 ? null : isoDay(since)),
    inputs: ({ inputs }) => figures.filter((figure) => inputs.includes(nameOf(figure))),
  },

  EmissionFigure: {
    name: ({ name }, _, { locale }) => name[locale],
    publishedOn: ({ publishedOn }) => (publishedOn === null ? null : isoDay(publishedOn)),
  },

  EmissionFactorProposal: {
    // What is confirmed meanwhile is what it would supersede.
    factor: async (proposal, _, { loaders }) => ({
      ...factorOf(proposal),
      supersedes: supersededBy(proposal, await loaders.factors()),
    }),
  },

  EmissionFactorProposed: {
    async proposal({ proposalId }, _, { database }) {
      const proposal = await database.reader.findOneBy(FactorProposal, { id: proposalId });
      assert(proposal !== null, 'a proposal stays in the table');
      return proposal;
    },
  },

  EmissionFactorConfirmed: {
    factor: ({ code, version }, _, context) => confirmedFactor(context, code, version),
  },
} satisfies Resolvers;

async function confirmedFactor(
  { loaders }: Context,
  code: string,
  version: string,
): Promise<Factor> {
  const found = (await loaders.factors()).find(
    (one) => one.code === code && one.version === version,
  );
  assert(found !== undefined, 'a version that was confirmed stays');
  return found;
}
