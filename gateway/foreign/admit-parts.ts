import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type TypeNode,
} from 'graphql';
import { itemOf, subgraphOf } from './alliance-sdl.ts';
import { CONTRACT_NAMES, nameOf } from './contract.ts';

const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean'];

/**
 * What is wrong with the part of `Query` that a merchant's contract declares. The type itself is the
 * platform's: a directive, an interface or a description on it would be one on everybody's.
 */
export function rootProblems(
  { description, directives, interfaces, fields = [] }: RootNode,
  prefix: string,
): string[] {
  return [
    ...(description ? ['Query belongs to all: it takes no description. Leave it out.'] : []),
    ...directiveProblems(directives, 'Query', []),
    ...(interfaces ?? []).map(({ name }) => `Query cannot implement ${name.value}.`),
    ...fields.flatMap((field) => rootFieldProblems(field, prefix)),
  ];
}

type RootNode = Partial<Pick<ObjectTypeDefinitionNode, 'description'>> &
  Pick<ObjectTypeDefinitionNode, 'directives' | 'interfaces' | 'fields'>;

function rootFieldProblems(field: FieldDefinitionNode, prefix: string): string[] {
  const start = `${subgraphOf(prefix)}_`;
  return [
    ...(field.name.value.startsWith(start)
      ? []
      : [`Query.${field.name.value} must be called ${start}${field.name.value}.`]),
    ...(field.type.kind === Kind.NON_NULL_TYPE
      ? [`Query.${field.name.value} must be nullable: an outage of yours must cost only itself.`]
      : []),
    ...fieldProblems(field, 'Query', prefix),
  ];
}

/** What is wrong inside a type: fields, arguments, values, interfaces, members of a union. */
export function memberProblems(definition: DefinitionNode, prefix: string): string[] {
  const owner = nameOf(definition) ?? '';
  const isOwn = (name: string) => name.startsWith(`${prefix}_`);
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        ...(definition.interfaces ?? [])
          .map(({ name }) => name.value)
          .filter((name) => !isOwn(name) && !(name === 'CatalogItem' && owner === itemOf(prefix)))
          .map((name) => `${owner} cannot implement ${name}.`),
        ...(definition.fields ?? []).flatMap((field) => fieldProblems(field, owner, prefix)),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).flatMap((field) => fieldProblems(field, owner, prefix));
    case Kind.UNION_TYPE_DEFINITION:
      return (definition.types ?? [])
        .map(({ name }) => name.value)
        .filter((name) => !isOwn(name))
        .map((name) => `${owner} cannot hold ${name}, which is not yours.`);
    case Kind.ENUM_TYPE_DEFINITION:
      return (definition.values ?? []).flatMap(({ name, directives }) =>
        directiveProblems(directives, `${owner}.${name.value}`, []),
      );
    default:
      return [];
  }
}

function fieldProblems(
  field: FieldDefinitionNode | InputValueDefinitionNode,
  owner: string,
  prefix: string,
): string[] {
  const where = `${owner}.${field.name.value}`;
  const named = namedTypeOf(field.type);
  const isKnown =
    BUILT_IN.includes(named) || CONTRACT_NAMES.includes(named) || named.startsWith(`${prefix}_`);
  const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
  return [
    ...(isKnown
      ? []
      : [`${where} is of type ${named}, which is neither yours nor the contract's.`]),
    ...(named === 'CatalogItem'
      ? [`${where} is a CatalogItem, which may be of anybody. Use ${itemOf(prefix)}.`]
      : []),
    ...(isNested(field.type) ? [`${where} is a list of lists. Use a type of yours between.`] : []),
    ...(owner === itemOf(prefix) && ['merchant', 'unit'].includes(field.name.value)
      ? [`${where} is said by the platform. Leave it out.`]
      : []),
    ...(field.name.value.startsWith('__') ? [`${where} begins like an introspection field.`] : []),
    ...directiveProblems(field.directives, where, []),
    ...given.flatMap((argument) => fieldProblems(argument, where, prefix)),
  ];
}

/** Only `@deprecated`, and on an item the key by which the platform refers to it. */
export function directiveProblems(
  directives: readonly ConstDirectiveNode[] | undefined,
  where: string,
  also: readonly string[],
): string[] {
  return (directives ?? [])
    .filter((directive) => {
      const name = directive.name.value;
      if (name === 'deprecated') return false;
      return !(also.includes(name) && print(directive) === '@key(fields: "id")');
    })
    .map((directive) => `${print(directive)} on ${where} is not possible. Leave it out.`);
}

/** Whether there is a list in the list. */
function isNested(type: TypeNode, isInList = false): boolean {
  if (type.kind === Kind.NAMED_TYPE) return false;
  const isList = type.kind === Kind.LIST_TYPE;
  return (isList && isInList) || isNested(type.type, isList || isInList);
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}
