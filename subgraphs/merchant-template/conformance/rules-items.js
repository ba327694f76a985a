// @ts-check
/** @import { Item, Probe, Rule } from './probe.js' */
import { Breach, dataOf, pageQuery, readPage, shown } from './probe.js';

/** So many small pages are compared with large ones. */
const SMALL_PAGES_MAX = 10;

/** Control characters but tab and line ends, and the signs that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** @type {Rule[]} */
export const itemRules = [
  {
    rule: 'items',
    title: 'Items come as a page, in full',
    async check(probe) {
      const { nodes } = await readPage(probe, { first: 100 });
      if (nodes.length === 0) throw new Breach('There are no items. Offer at least one.');
    },
  },
  {
    rule: 'paging',
    title: 'Paging reaches the end, and no item comes twice',
    check: checkPaging,
  },
  {
    rule: 'fields',
    title: 'Title, points, cash price and stock of each item are of their types',
    async check({ items }) {
      for (const item of await items()) {
        const problem = problemOf(item);
        if (problem !== null) throw new Breach(`${item.id}: ${problem}`);
      }
    },
  },
  {
    rule: 'languages',
    title: 'Titles follow Accept-Language: zh-CN and en',
    check: checkLanguages,
  },
  {
    rule: 'entities',
    title: 'Items asked for by id come in the order asked, one null for each unknown id',
    check: checkEntities,
  },
  {
    rule: 'first-out-of-range',
    title: 'A `first` that is not 1 to 100 is refused with an error',
    async check(probe) {
      for (const first of [0, -1, 101, 2_147_483_647]) {
        await mustErr(probe, { first }, `first: ${first}`, '`first` is 1 to 100');
      }
    },
  },
  {
    rule: 'bad-cursor',
    title: 'An `after` that is no cursor is refused with an error',
    async check(probe) {
      for (const after of ['not a cursor', 'e30=', '{"id":1}']) {
        const what = `after: ${JSON.stringify(after)}`;
        await mustErr(probe, { first: 1, after }, what, '`after` is an endCursor of yours');
      }
    },
  },
];

/** @param {Probe} probe */
async function checkPaging(probe) {
  const all = (await probe.items()).map(({ id }) => id);
  const twice = all.find((id, index) => all.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new Breach(
      `${twice} came twice. Go on behind the item that \`after\` names, in a fixed order.`,
    );
  }
  const first = all.length > 1 ? Math.min(2, all.length - 1) : 1;
  /** @type {string[]} */
  const seen = [];
  let after = null;
  for (let page = 0; page < SMALL_PAGES_MAX; page += 1) {
    const { nodes, pageInfo } = await readPage(probe, { first, after });
    seen.push(...nodes.map(({ id }) => id));
    if (!pageInfo.hasNextPage) {
      if (seen.length < all.length) {
        throw new Breach(
          `Pages of ${first} ended after ${seen.length} items, pages of 100 after ${all.length}. Say \`hasNextPage\` while there are more.`,
        );
      }
      break;
    }
    after = pageInfo.endCursor;
  }
  const wrong = seen.findIndex((id, index) => id !== all[index]);
  if (wrong >= 0) {
    throw new Breach(
      `In pages of ${first}, item ${wrong + 1} is ${seen[wrong]}; in pages of 100 it is ${all[wrong] ?? 'none'}. ` +
        'Go on behind the item that `after` names, in a fixed order.',
    );
  }
}

/**
 * @param {Item} item
 * @returns {string | null}
 */
function problemOf({ title, points, cashPrice, stock }) {
  if (title !== null && (typeof title !== 'string' || title.length > 10_000)) {
    return `title is ${shown(title)}; a text of at most 10,000 characters, or null.`;
  }
  if (title !== null && (!title.isWellFormed() || UNUSABLE.test(title))) {
    return 'title has control characters or signs that turn the direction of writing. Leave them out.';
  }
  if (!isCount(points)) return `points is ${shown(points)}; a whole number from 0 to 2^53 − 1.`;
  if (cashPrice === null || cashPrice === undefined) {
    return 'cashPrice is null; what the item costs in money must be said.';
  }
  if (!isCount(cashPrice.amountMinor)) {
    return `cashPrice.amountMinor is ${shown(cashPrice.amountMinor)}; a whole number, in fen for CNY.`;
  }
  if (!/^[A-Z]{3}$/.test(cashPrice.currency)) {
    return `cashPrice.currency is ${shown(cashPrice.currency)}; three capital letters, such as CNY.`;
  }
  if (stock !== null && !isCount(stock)) {
    return `stock is ${shown(stock)}; a whole number from 0, or null for not limited.`;
  }
  return null;
}

/** @param {unknown} value */
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** @param {Probe} probe */
async function checkLanguages({ items }) {
  const english = await items('en');
  const chinese = new Map((await items('zh-CN')).map(({ id, title }) => [id, title]));
  for (const { id, title } of english) {
    if (!title || !chinese.get(id))
      throw new Breach(`${id} has no title in zh-CN or in en. Give both.`);
  }
  if (english.every(({ id, title }) => chinese.get(id) === title)) {
    throw new Breach('Every title is the same in zh-CN and en. Read the header Accept-Language.');
  }
}

/** @param {Probe} probe */
async function checkEntities({ client, prefix, items, selection }) {
  const known = await items();
  const listed = known.slice(0, 60).map(({ id }) => id);
  const twice = listed.slice(0, 1);
  const ids = [...listed.slice(1).toReversed(), 'no-such-item', ...twice, ...twice];
  const __typename = `${prefix}_Item`;
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename ... on ${__typename} { ${await selection()} } } }`;
  const representations = ids.map((id) => ({ __typename, id }));
  const { _entities: entities } = dataOf(await client.ask(query, { representations }));
  const hint = 'Answer one entry for each representation, in their order.';
  if (!Array.isArray(entities) || entities.length !== ids.length) {
    throw new Breach(
      `${ids.length} were asked for, ${entities?.length ?? 'no list'} came. ${hint}`,
    );
  }
  const byId = new Map(known.map((item) => [item.id, item]));
  for (const [index, id] of ids.entries()) {
    const entity = entities[index];
    const expected = byId.get(id);
    if (expected === undefined) {
      if (entity !== null) throw new Breach(`An unknown id is ${shown(entity)}; expected null.`);
    } else if (entity?.id !== id || entity.__typename !== __typename) {
      throw new Breach(
        `Number ${index + 1} is ${shown(entity?.id ?? entity)}; ${id} was asked for. ${hint}`,
      );
    } else if (entity.title !== expected.title) {
      throw new Breach(
        `${id} is ${shown(entity.title)} by id and ${shown(expected.title)} in the list.`,
      );
    }
  }
}

/**
 * @param {Probe} probe
 * @param {object} variables
 * @param {string} what
 * @param {string} expected
 */
async function mustErr({ client, prefix, selection }, variables, what, expected) {
  const answer = await client.ask(pageQuery(prefix, await selection()), variables);
  const { status, json, failure, text } = answer;
  const nodes = json?.data?.[`${prefix.toLowerCase()}_items`]?.nodes;
  if (failure === null && status < 500 && json?.errors?.length > 0 && !nodes) return;
  throw new Breach(
    `${what} was answered with ${failure ?? `${status}: ${shown(text)}`}. ${expected}; anything else is an ` +
      'error in `errors`, with the code BAD_USER_INPUT, and no items.',
  );
}
