import { type DefinitionNode, Kind, parse, print, visit } from 'graphql';
import { subgraphNames } from '../../shared/addresses.ts';
import { directiveProblems, memberProblems, rootProblems } from './admit-parts.ts';
import { excess, missing } from './admit-whole.ts';
import { itemOf, subgraphOf } from './alliance-sdl.ts';
import { CONTRACT_NAMES, contractSdl, nameOf } from './contract.ts';
import { foreignSdl } from './foreign-sdl.ts';
import { limits } from './limits.ts';

/** Whether a merchant's contract may become part of the graph. */
export type Admission =
  | Readonly<{
      kind: 'Admitted';
      /** What is composed: the platform's own contract around the merchant's own types. */
      sdl: string;
    }>
  | Readonly<{
      kind: 'Refused';
      /** What is wrong and what to do, one sentence each. */
      problems: readonly string[];
    }>;

const PREFIX = /^[A-Z][a-z0-9]{2,19}$/;

/** Parts of the platform itself, whose names a merchant's subgraph would take. */
const TAKEN: readonly string[] = [...subgraphNames, 'alliance', 'gateway'];

/**
 * Decides on the contract of a merchant's subgraph. What is not allowed is refused: composition itself
 * lets a stranger override fields, hide keys, ask for personal data by `@requires` and thin out shared
 * inputs. What is admitted is not the merchant's text either, but the platform's contract with the
 * merchant's own types put into it.
 */
export function admit(prefix: string, sdl: string): Admission {
  if (!PREFIX.test(prefix)) {
    return refused(
      `"${prefix}" cannot be a prefix. Take a capital letter and 2 to 19 small letters or digits.`,
    );
  }
  if (TAKEN.includes(subgraphOf(prefix))) {
    return refused(`"${prefix}" is the name of a part of the platform. Take another prefix.`);
  }
  if (sdl.length > limits.sdlMax) {
    return refused(`The schema has ${sdl.length} characters; ${limits.sdlMax} are allowed.`);
  }
  let definitions: readonly DefinitionNode[];
  try {
    ({ definitions } = parse(sdl, { maxTokens: limits.tokensMax, noLocation: true }));
  } catch (error) {
    return refused(`The schema cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const own = definitions.filter((definition) => !isOfContract(definition));
  const problems = [
    ...own.flatMap((definition) => problemsOf(definition, prefix)),
    ...missing(own, prefix),
    ...excess(own),
  ];
  return problems.length > 0
    ? { kind: 'Refused', problems: [...new Set(problems)] }
    : { kind: 'Admitted', sdl: foreignSdl(prefix, own) };
}

const refused = (...problems: string[]): Admission => ({ kind: 'Refused', problems });

/** Text without descriptions, so that a comment that was left out is no difference. */
const bare = (node: DefinitionNode): string =>
  print(visit(node, { enter: (part) => ({ ...part, description: undefined }) }));

const contractParts = new Set(parse(contractSdl()).definitions.map(bare));

/** The contract itself may be repeated, but only as it is. */
const isOfContract = (definition: DefinitionNode): boolean => contractParts.has(bare(definition));

/** What is wrong with one definition that is not part of the contract. */
function problemsOf(definition: DefinitionNode, prefix: string): string[] {
  const name = nameOf(definition) ?? '';
  if (CONTRACT_NAMES.includes(name)) {
    return [
      `${name} differs from the contract. Copy contract.graphql again, and do not change it.`,
    ];
  }
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
      if (name === 'Query') return rootProblems(definition, prefix);
      if (name === 'Mutation' || name === 'Subscription') {
        return [`${name} is not possible: a merchant's subgraph is read and changes nothing.`];
      }
      break;
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      break;
    case Kind.SCALAR_TYPE_DEFINITION:
      return [`The scalar ${name} is not possible: nobody could check its values. Use String.`];
    default:
      return [`A ${wordsOf(definition.kind)} is not possible. Leave it out.`];
  }
  if (definition.kind === Kind.OBJECT_TYPE_EXTENSION) {
    return [`"extend type ${name}" is not possible. Write it as "type" with its own name.`];
  }
  return [
    ...(name.startsWith(`${prefix}_`) ? [] : [`${name} must be called ${prefix}_${name}.`]),
    ...directiveProblems(definition.directives, name, name === itemOf(prefix) ? ['key'] : []),
    ...memberProblems(definition, prefix),
  ];
}

const wordsOf = (kind: string): string =>
  kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
