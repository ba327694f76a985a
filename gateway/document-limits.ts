import {
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValueNode,
} from 'graphql';
import type { Fault } from '../shared/graphql/faults.ts';
import { refused } from './errors.ts';
import { limits } from './limits.ts';
import type { GatewayReason } from './wording.ts';

/** What is counted in an operation, its fragments spread. */
type Tally = {
  selections: number;
  aliases: number;
  directives: number;
  /** Below the top. */
  repeats: number;
  /** How deep the fields are nested. */
  depth: number;
  /** Lists over all merchants. */
  allianceLists: number;
  /** The fields at the top: how many, and which. */
  fields: number;
  readonly names: Set<string>;
};

/**
 * A rule of validation: refuses a document that is too wide, too deep, or too often the same. Comes to
 * its end before the other rules look at anything, since some of those take long over just that.
 */
export const documentLimits = (context: ValidationContext): ASTVisitor => ({
  Document(document) {
    const refusal = refusalOf(document);
    if (refusal === null) return;
    // Nothing but more mistakes than are looked for ends a validation; `oneRefusal` makes them one.
    for (let n = 0; n <= limits.validationErrorsMax; n += 1) context.reportError(refusal);
  },
});

/** Why a document is refused by its size and shape alone, or null when it is not. */
export function refusalOf(document: DocumentNode): Fault | null {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
  if (operations.length > limits.operationsMax) {
    return refused('TOO_MANY_OPERATIONS', { max: limits.operationsMax });
  }
  const values = new LiteralCheck();
  const tallies = new Tallies(fragments, values);
  for (const operation of operations) {
    const tally = tallies.of(operation);
    const refusal = refusalAtTop(tally, operation) ?? refusalOfTally(tally);
    if (refusal !== null) return refusal;
  }
  // One that no operation uses is a mistake, but it takes as long to be told so.
  for (const name of fragments.keys()) {
    const refusal = refusalOfTally(tallies.ofFragment(name));
    if (refusal !== null) return refusal;
  }
  return values.refusal;
}

function refusalAtTop({ fields }: Tally, { operation }: OperationDefinitionNode): Fault | null {
  const [max, reason] =
    operation === 'mutation'
      ? ([limits.rootMutationsMax, 'TOO_MANY_MUTATIONS'] as const)
      : ([limits.rootFieldsMax, 'TOO_MANY_ROOT_FIELDS'] as const);
  return fields > max ? refused(reason, { max }) : null;
}

function refusalOfTally(tally: Tally): Fault | null {
  const checks: readonly (readonly [count: number, max: number, reason: GatewayReason])[] = [
    [tally.depth, limits.depthMax, 'TOO_DEEP'],
    [tally.aliases, limits.aliasesMax, 'TOO_MANY_ALIASES'],
    [tally.allianceLists, limits.allianceListsMax, 'TOO_MANY_ALLIANCE_LISTS'],
    [tally.directives, limits.directivesMax, 'TOO_MANY_DIRECTIVES'],
    [repeatsOf(tally), limits.repeatsMax, 'TOO_MANY_REPEATS'],
    [tally.selections, limits.selectionsMax, 'TOO_MANY_FIELDS'],
  ];
  for (const [count, max, reason] of checks) if (count > max) return refused(reason, { max });
  return null;
}

/** Counts each fragment once, however often it is spread: with 30 words it may be spread a billion times. */
class Tallies {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #values: LiteralCheck;
  /** Null while it is being counted: a fragment that leads to itself is for another rule to refuse. */
  readonly #known = new Map<string, Tally | null>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, values: LiteralCheck) {
    this.#fragments = fragments;
    this.#values = values;
  }

  of({ selectionSet, directives, variableDefinitions }: OperationDefinitionNode): Tally {
    const tally = this.#set(selectionSet, '');
    this.#directives(tally, directives);
    for (const definition of variableDefinitions ?? []) {
      this.#directives(tally, definition.directives);
      if (definition.defaultValue) this.#values.look(definition.defaultValue);
    }
    return tally;
  }

  /** `on` is the type that the fields are asked of, as far as the document says it. */
  #set({ selections }: SelectionSetNode, on: string): Tally {
    const tally = nothing();
    for (const selection of selections) {
      tally.selections += 1;
      this.#directives(tally, selection.directives);
      if (selection.kind === Kind.FIELD) {
        this.#field(tally, selection, on);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(tally, this.#set(selection.selectionSet, selection.typeCondition?.name.value ?? on));
      } else {
        add(tally, this.ofFragment(selection.name.value));
      }
    }
    return tally;
  }

  #field(tally: Tally, { name, alias, arguments: given, selectionSet }: FieldNode, on: string) {
    tally.fields += 1;
    tally.names.add(`${on}.${alias?.value ?? name.value}`);
    if (alias !== undefined) tally.aliases += 1;
    if (name.value === 'allianceItems') tally.allianceLists += 1;
    if (alias?.value.startsWith('__') && alias.value !== name.value) {
      this.#values.refusal ??= refused('RESERVED_ALIAS');
    }
    for (const { value } of given ?? []) this.#values.look(value);
    tally.depth = Math.max(tally.depth, 1);
    if (selectionSet === undefined) return;
    const below = this.#set(selectionSet, '');
    tally.selections += below.selections;
    tally.aliases += below.aliases;
    tally.allianceLists += below.allianceLists;
    tally.directives += below.directives;
    tally.repeats += repeatsOf(below);
    tally.depth = Math.max(tally.depth, 1 + below.depth);
  }

  ofFragment(name: string): Tally {
    const known = this.#known.get(name);
    if (known !== undefined) return known ?? nothing();
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return nothing();
    this.#known.set(name, null);
    const tally = this.#set(fragment.selectionSet, fragment.typeCondition.name.value);
    this.#directives(tally, fragment.directives);
    this.#known.set(name, tally);
    return tally;
  }

  #directives(tally: Tally, directives: readonly DirectiveNode[] | undefined): void {
    for (const { arguments: given } of directives ?? []) {
      tally.directives += 1;
      for (const { value } of given ?? []) this.#values.look(value);
    }
  }
}

const repeatsOf = ({ repeats, fields, names }: Tally): number => repeats + fields - names.size;

const nothing = (): Tally => ({
  selections: 0,
  aliases: 0,
  allianceLists: 0,
  directives: 0,
  repeats: 0,
  depth: 0,
  fields: 0,
  names: new Set(),
});

function add(tally: Tally, other: Tally): void {
  tally.selections += other.selections;
  tally.aliases += other.aliases;
  tally.allianceLists += other.allianceLists;
  tally.directives += other.directives;
  tally.repeats += other.repeats;
  tally.fields += other.fields;
  tally.depth = Math.max(tally.depth, other.depth);
  for (const name of other.names) tally.names.add(name);
}

/** Looks at the values that stand in a document: how deep they are, and whether numbers are numbers. */
class LiteralCheck {
  refusal: Fault | null = null;

  look(value: ValueNode, depth = 0): void {
    if (this.refusal !== null) return;
    if (depth > limits.nestingMax) {
      this.refusal = refused('VALUE_TOO_DEEP', { max: limits.nestingMax });
    } else if (value.kind === Kind.LIST) {
      for (const part of value.values) this.look(part, depth + 1);
    } else if (value.kind === Kind.OBJECT) {
      for (const field of value.fields) this.look(field.value, depth + 1);
    } else if (value.kind === Kind.INT || value.kind === Kind.FLOAT) {
      // Such as 1e400. The planner makes a number of it, and writes that down as no number at all.
      if (!Number.isFinite(Number(value.value))) this.refusal = refused('NUMBER_TOO_LARGE');
    }
  }
}
