// @ts-check
/** @import { Rule } from './probe.js' */
/** @import { Type } from './sdl.js' */
import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { Breach, readSdl } from './probe.js';
import { builtIn, typesOf } from './sdl.js';

const contract = typesOf(readFileSync(new URL('../contract.graphql', import.meta.url), 'utf8'));

/** What a registered schema may hold at most. */
const limits = { characters: 64_000, types: 50, members: 300 };

/** @type {Rule[]} */
export const contractRules = [
  {
    rule: 'contract',
    title: 'The served schema holds the types of the contract as they are',
    async check({ client }) {
      const served = readTypes(await readSdl(client));
      for (const [name, expected] of contract) {
        const found = served.get(name);
        if (found === undefined) throw new Breach(`${name} is missing. Copy contract.graphql.`);
        for (const [member, text] of expected.members) {
          const given = found.members.get(member);
          if (given === text) continue;
          throw new Breach(
            `${name}.${member}${given ?? ' is missing'}; expected ${member}${text}. Copy contract.graphql.`,
          );
        }
      }
    },
  },
  {
    rule: 'own-types',
    title: 'Its own types bear its prefix, have what is required, and stay within what is allowed',
    async check({ sdl, schema, prefix }) {
      const text = schema ?? (await sdl());
      const problems = ownProblems(readTypes(text), prefix);
      if (schema !== null && schema.length > limits.characters) {
        problems.push(`The schema has more than ${limits.characters} characters.`);
      }
      if (problems.length > 0) throw new Breach(problems.join(' '));
    },
  },
  {
    rule: 'same-schema',
    title: 'What is registered and what is served are the same',
    async check({ sdl, schema }) {
      const served = readTypes(await sdl());
      if (schema === null) return;
      for (const [name, { members }] of ownOf(readTypes(schema))) {
        for (const [member, text] of members) {
          const given = served.get(name)?.members.get(member);
          if (given === text) continue;
          throw new Breach(
            `Registered is ${name}.${member}${text}; served is ${given === undefined ? 'nothing' : member + given}. ` +
              'Serve what is registered, or register anew.',
          );
        }
      }
    },
  },
];

/** @param {string} sdl */
function readTypes(sdl) {
  try {
    return typesOf(sdl);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new Breach(`The schema cannot be read: ${error.message}`);
  }
}

/**
 * The types that are neither the contract's nor those by which a subgraph is served.
 *
 * @param {Map<string, Type>} types
 */
const ownOf = (types) =>
  [...types].filter(
    ([name]) => !contract.has(name) && !/^(_|link__|federation__|FieldSet$)/.test(name),
  );

/**
 * @param {Map<string, Type>} types
 * @param {string} prefix
 * @returns {string[]} What is wrong and what to do, one sentence each.
 */
function ownProblems(types, prefix) {
  if (!/^[A-Z][a-z0-9]{2,19}$/.test(prefix)) {
    return [`"${prefix}" is no prefix: take a capital letter and 2 to 19 small letters or digits.`];
  }
  const own = ownOf(types);
  const members = own.reduce(
    (sum, [, { members, interfaces }]) => sum + members.size + interfaces.size,
    0,
  );
  return [
    ...own.flatMap(([name, type]) => typeProblems(name, type, prefix)),
    ...requiredProblems(types, prefix),
    ...(own.length > limits.types ? [`There are more than ${limits.types} types.`] : []),
    ...(members > limits.members
      ? [`There are more than ${limits.members} fields and values.`]
      : []),
  ];
}

/**
 * @param {string} name
 * @param {Type} type
 * @param {string} prefix
 */
function typeProblems(name, type, prefix) {
  if (name === 'Mutation' || name === 'Subscription') {
    return [`${name} is not possible: a merchant's subgraph is only read.`];
  }
  if (type.kind === 'ScalarType') return [`The scalar ${name} is not possible. Use String.`];
  const item = `${prefix}_Item`;
  const problems = formProblems(name, type, item);
  if (name !== 'Query' && !name.startsWith(`${prefix}_`)) {
    problems.push(`${name} must be called ${prefix}_${name}.`);
  }
  for (const directive of type.directives) {
    const isKey = name === item && directive.startsWith('@key(fields: "id"');
    if (isKey || directive.startsWith('@deprecated')) continue;
    problems.push(`${directive} is not possible. Leave it out.`);
  }
  for (const one of [...type.namedTypes.values(), ...type.argumentTypes]) {
    if (builtIn.includes(one) || contract.has(one) || one.startsWith(`${prefix}_`)) continue;
    if (!one.startsWith('_'))
      problems.push(`${name} uses ${one}, which is neither yours nor the contract's.`);
  }
  for (const one of type.interfaces) {
    const isOwn = name !== 'Query' && one.startsWith(`${prefix}_`);
    if (isOwn || (one === 'CatalogItem' && name === item)) continue;
    problems.push(`${name} cannot implement ${one}.`);
  }
  for (const member of type.members.keys()) {
    if (name === item && ['merchant', 'unit'].includes(member)) {
      problems.push(`${name}.${member} is said by the platform. Leave it out.`);
    }
    if (name !== 'Query' || member.startsWith('_')) continue;
    if (!member.startsWith(`${prefix.toLowerCase()}_`)) {
      problems.push(`Query.${member} must be called ${prefix.toLowerCase()}_${member}.`);
    }
    if (type.nonNull.has(member)) {
      problems.push(`Query.${member} must be nullable: an outage of yours costs only itself.`);
    }
  }
  return problems;
}

/**
 * Forms that nobody may use, whatever they are called.
 *
 * @param {string} name
 * @param {Type} type
 * @param {string} item
 */
function formProblems(name, { isDescribed, namedTypes, members }, item) {
  /** @type {string[]} */
  const problems = [];
  if (name === 'Query' && isDescribed) {
    problems.push('Query belongs to all: it takes no description. Leave it out.');
  }
  for (const [member, text] of members) {
    if (namedTypes.get(member) === 'CatalogItem') {
      problems.push(`${name}.${member} is a CatalogItem, which may be of anybody. Use ${item}.`);
    }
    if (text.includes('[[')) {
      problems.push(`${name}.${member} is a list of lists. Use a type of yours between.`);
    }
  }
  return problems;
}

/**
 * @param {Map<string, Type>} types
 * @param {string} prefix
 */
function requiredProblems(types, prefix) {
  const item = `${prefix}_Item`;
  const expected = [
    ['Query', `${prefix.toLowerCase()}_items`, `(first: Int!, after: String): ${item}Connection`],
    [`${item}Connection`, 'nodes', `: [${item}]!`],
    [`${item}Connection`, 'pageInfo', ': PageInfo!'],
    ...[...(contract.get('CatalogItem')?.members ?? [])].map(([name, text]) => [item, name, text]),
  ];
  const problems = expected
    .filter(([type = '', name = '', text]) => types.get(type)?.members.get(name) !== text)
    .map(([type, name, text]) => `${type} needs the field ${name}${text}.`);
  const { interfaces, directives } = types.get(item) ?? {};
  const isItem =
    interfaces?.has('CatalogItem') &&
    directives?.some((one) => one.startsWith('@key(fields: "id"'));
  return isItem
    ? problems
    : [...problems, `Write: type ${item} implements CatalogItem @key(fields: "id") { … }.`];
}
