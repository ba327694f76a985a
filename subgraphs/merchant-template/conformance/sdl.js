// @ts-check
import { Kind, parse } from 'graphql';

/**
 * A type as far as it matters here.
 *
 * @typedef {object} Type
 * @property {string} kind As in graphql-js, without "Definition" or "Extension".
 * @property {Map<string, string>} members Fields with arguments and type, or values, as text.
 * @property {Map<string, string>} namedTypes The field's type without `!` and `[]`.
 * @property {Set<string>} required The fields that cannot be called without arguments.
 * @property {Set<string>} nonNull The fields whose type ends in `!`.
 * @property {Set<string>} interfaces
 * @property {string[]} directives Each with where it stands.
 * @property {Set<string>} argumentTypes
 * @property {boolean} isDescribed Whether it has a description.
 */

/** @typedef {import('graphql').DirectiveNode} Directive */
/** @typedef {import('graphql').InputValueDefinitionNode} Argument */

/**
 * The types of an SDL by name; extensions count as the type.
 *
 * @param {string} sdl
 * @returns {Map<string, Type>}
 */
export function typesOf(sdl) {
  /** @type {Map<string, Type>} */
  const types = new Map();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (!/Type(Definition|Extension)$/.test(definition.kind)) continue;
    const name = definition.name.value;
    const type = types.get(name) ?? emptyType(definition.kind);
    types.set(name, type);
    if ('description' in definition && definition.description) type.isDescribed = true;
    addDirectives(type, name, 'directives' in definition ? definition.directives : []);
    if ('interfaces' in definition) {
      for (const one of definition.interfaces ?? []) type.interfaces.add(one.name.value);
    }
    if ('values' in definition) {
      for (const value of definition.values ?? []) {
        type.members.set(value.name.value, '');
        addDirectives(type, `${name}.${value.name.value}`, value.directives);
      }
    }
    if ('types' in definition) {
      for (const member of definition.types ?? []) {
        type.members.set(member.name.value, '');
        type.argumentTypes.add(member.name.value);
      }
    }
    if ('fields' in definition) {
      for (const field of definition.fields ?? []) addField(type, name, field);
    }
  }
  return types;
}

/**
 * @param {string} kind
 * @returns {Type}
 */
const emptyType = (kind) => ({
  kind: kind.replace(/(Definition|Extension)$/, ''),
  members: new Map(),
  namedTypes: new Map(),
  required: new Set(),
  nonNull: new Set(),
  interfaces: new Set(),
  directives: [],
  argumentTypes: new Set(),
  isDescribed: false,
});

/**
 * @param {Type} type
 * @param {string} owner
 * @param {import('graphql').FieldDefinitionNode | Argument} field
 */
function addField(type, owner, field) {
  const name = field.name.value;
  const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
  const inBrackets = given.map((one) => `${one.name.value}: ${textOf(one.type)}`).join(', ');
  type.members.set(name, `${inBrackets && `(${inBrackets})`}: ${textOf(field.type)}`);
  type.namedTypes.set(name, textOf(field.type).replaceAll(/[![\]]/g, ''));
  if (textOf(field.type).endsWith('!')) type.nonNull.add(name);
  addDirectives(type, `${owner}.${name}`, field.directives);
  for (const one of given) {
    if (textOf(one.type).endsWith('!') && one.defaultValue === undefined) type.required.add(name);
    type.argumentTypes.add(textOf(one.type).replaceAll(/[![\]]/g, ''));
    addDirectives(type, `${owner}.${name}(${one.name.value}:)`, one.directives);
  }
}

/**
 * @param {Type} type
 * @param {string} where
 * @param {readonly Directive[] | undefined} directives
 */
function addDirectives(type, where, directives = []) {
  for (const { name, arguments: given = [] } of directives) {
    const values = given.map((one) =>
      one.value.kind === Kind.STRING ? `${one.name.value}: "${one.value.value}"` : one.name.value,
    );
    type.directives.push(
      `@${name.value}${values.length > 0 ? `(${values.join(', ')})` : ''} on ${where}`,
    );
  }
}

/**
 * @param {import('graphql').TypeNode} type
 * @returns {string}
 */
function textOf(type) {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value;
  return type.kind === Kind.LIST_TYPE ? `[${textOf(type.type)}]` : `${textOf(type.type)}!`;
}

export const builtIn = ['ID', 'String', 'Int', 'Float', 'Boolean'];

/**
 * Every field of an item that needs nothing more to be asked: simple values, and money.
 *
 * @param {string} sdl
 * @param {string} prefix
 */
export function itemSelection(sdl, prefix) {
  const simple = ['id', 'title', 'points', 'cashPrice { amountMinor currency }', 'stock'];
  const types = typesOf(sdl);
  const item = types.get(`${prefix}_Item`);
  const known = simple.map((field) => field.split(' ')[0]);
  const own = [...(item?.namedTypes ?? [])]
    .filter(([name]) => !known.includes(name) && !item?.required.has(name))
    .flatMap(([name, type]) => {
      if (type === 'Money') return `${name} { amountMinor currency }`;
      const isSimple =
        [...builtIn, 'SafeInt'].includes(type) || types.get(type)?.kind === 'EnumType';
      return isSimple ? name : [];
    });
  return [...simple, ...own].join(' ');
}
