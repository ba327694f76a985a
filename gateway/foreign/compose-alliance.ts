import { composeSupergraph, type SubgraphSdl } from '../compose.ts';
import { admit } from './admit.ts';
import { allianceSdl, subgraphOf } from './alliance-sdl.ts';
import { limits } from './limits.ts';
import { changesOf, mustLoad } from './proof.ts';

/** A merchant's contract that asks to become part of the graph. */
export type Candidate = Readonly<{ prefix: string; sdl: string }>;

export type Composed<Merchant extends Candidate> = Readonly<{
  supergraphSdl: string;
  /** Those who are part of it, in the order in which they asked. */
  admitted: readonly Merchant[];
  /** Those who are not, each with what is wrong and what to do. */
  refused: readonly Refused[];
}>;

type Refused = Readonly<{ prefix: string; problems: readonly string[] }>;

/** A merchant whose contract was admitted. */
type Joining<Merchant extends Candidate> = Readonly<{ merchant: Merchant; composedSdl: string }>;

/**
 * Composes the platform's subgraphs with the merchants' own. A merchant that is not admitted, does not
 * compose, would change the platform's own part, or with which no gateway starts, is left out and costs
 * nobody else anything. Throws when the platform's own contracts do not compose. `alone` is the supergraph
 * without any merchant, for whoever has it: to compose it takes seconds.
 */
export async function composeAlliance<Merchant extends Candidate>(
  platform: readonly SubgraphSdl[],
  candidates: readonly Merchant[],
  alone: string = compose(platform, []),
): Promise<Composed<Merchant>> {
  const refused: Refused[] = [];
  const joining: Joining<Merchant>[] = [];
  for (const merchant of candidates) {
    const { prefix } = merchant;
    const admission = admit(prefix, merchant.sdl);
    if (admission.kind === 'Refused') refused.push({ prefix, problems: admission.problems });
    else joining.push({ merchant, composedSdl: admission.sdl });
  }
  const proof: Proof = { platform, alone };
  const admitted: Joining<Merchant>[] = [];
  let supergraphSdl = alone;

  /** Takes in as many of the group as fit: all of them at once, or else of each half as many as fit. */
  async function takeIn(group: readonly Joining<Merchant>[]): Promise<void> {
    if (group.length === 0) return;
    try {
      supergraphSdl = await proven(proof, [...admitted, ...group]);
      admitted.push(...group);
    } catch (error) {
      const [first, ...others] = group;
      if (first !== undefined && others.length === 0) {
        const problem = error instanceof Error ? error.message : String(error);
        refused.push({ prefix: first.merchant.prefix, problems: [problem] });
        return;
      }
      const half = group.length >> 1;
      await takeIn(group.slice(0, half));
      await takeIn(group.slice(half));
    }
  }

  await takeIn(joining);
  const order = candidates.map(({ prefix }) => prefix);
  refused.sort((a, b) => order.indexOf(a.prefix) - order.indexOf(b.prefix));
  return {
    supergraphSdl,
    admitted: admitted.map(({ merchant }) => merchant),
    refused: refused.map(shown),
  };
}

/** As far as anybody reads it: the sentences quote the contract, which may be long and hold any sign. */
const shown = ({ prefix, problems }: Refused): Refused => ({
  prefix,
  problems: problems
    .slice(0, limits.problemsMax)
    .map((problem) => problem.replaceAll(/[^\P{C}\n]/gu, ' ').slice(0, limits.problemMax)),
});

const compose = (
  platform: readonly SubgraphSdl[],
  joining: readonly Joining<Candidate>[],
): string =>
  composeSupergraph([
    ...platform,
    { name: 'alliance', sdl: allianceSdl(joining.map(({ merchant: { prefix } }) => prefix)) },
    ...joining.map(({ merchant: { prefix }, composedSdl }) => ({
      name: subgraphOf(prefix),
      sdl: composedSdl,
    })),
  ]);

type Proof = Readonly<{
  platform: readonly SubgraphSdl[];
  /** The supergraph without any merchant. */
  alone: string;
}>;

/** The supergraph with these merchants. Throws when it is not one, or not only a larger one. */
async function proven(
  { platform, alone }: Proof,
  joining: readonly Joining<Candidate>[],
): Promise<string> {
  const supergraphSdl = compose(platform, joining);
  const prefixes = joining.map(({ merchant: { prefix } }) => prefix);
  const changed = changesOf(alone, supergraphSdl, prefixes);
  if (changed.length > 0) throw new Error(`It would change ${changed.join(', ')}.`);
  await mustLoad(supergraphSdl);
  return supergraphSdl;
}
