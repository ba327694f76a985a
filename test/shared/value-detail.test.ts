import { buildSchema, getVariableValues, Kind, parse } from 'graphql';
import { DateTimeResolver, LocalDateResolver } from 'graphql-scalars';
import { describe, expect, test } from 'vitest';
import { valueDetail } from '../../shared/graphql/value-detail.ts';

const schema = buildSchema(`
  scalar DateTime
  scalar LocalDate
  enum Kind { ONE TWO }
  input Line { sku: String, pieces: Int!, kind: Kind, at: DateTime, day: LocalDate, id: ID, isNew: Boolean }
  input Order { note: String, lines: [Line!]! }
  type Query { ask(order: Order!): Int }
`);
Object.assign(schema.getType('DateTime') ?? {}, { parseValue: DateTimeResolver.parseValue });
Object.assign(schema.getType('LocalDate') ?? {}, { parseValue: LocalDateResolver.parseValue });

const [definition] = parse('query ($order: Order!) { ask(order: $order) }').definitions;

/** What graphql-js says of the first thing that does not fit. */
function said(variables: Record<string, unknown>): string {
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('it is a query');
  const { errors } = getVariableValues(schema, definition.variableDefinitions ?? [], variables);
  return errors?.[0]?.message ?? '';
}

const line = (given: object) => ({
  order: { note: 'a; b at "c"; d', lines: [{ pieces: 1, ...given }] },
});

describe('what does not fit is told where it stands, without all that was sent', () => {
  test.each<[Record<string, unknown>, string, string]>([
    [
      {},
      '缺少变量 order（Order!）',
      'Variable "$order" of required type "Order!" was not provided.',
    ],
    [
      { order: { note: 'x; y' } },
      'order：缺少 lines（[Line!]!）',
      'order: Field "lines" of required type "[Line!]!" was not provided.',
    ],
    [
      line({ colour: 'red; blue' }),
      'order.lines.0：Line 没有字段 colour',
      'order.lines.0: Field "colour" is not defined by type "Line".',
    ],
    [
      line({ pieces: null }),
      'order.lines.0.pieces：不得为 null（Int!）',
      'order.lines.0.pieces: Expected non-nullable type "Int!" not to be null.',
    ],
    [
      line({ pieces: 1.5 }),
      'order.lines.0.pieces：1.5 不是 32 位整数',
      'order.lines.0.pieces: Int cannot represent non-integer value: 1.5',
    ],
    [
      line({ kind: 'THREE' }),
      'order.lines.0.kind：THREE 不是 Kind 的可选值',
      'order.lines.0.kind: Value "THREE" does not exist in "Kind" enum.',
    ],
    [
      line({ kind: 3 }),
      'order.lines.0.kind：3 不是 Kind 的可选值',
      'order.lines.0.kind: Enum "Kind" cannot represent non-string value: 3.',
    ],
    [
      line({ at: 'tomorrow' }),
      'order.lines.0.at：tomorrow 不是有效的时间，请按 2026-12-01T10:00:00+08:00 的格式填写',
      'order.lines.0.at: DateTime cannot represent an invalid date-time-string tomorrow.',
    ],
    [
      line({ day: '2026-02-30' }),
      'order.lines.0.day：2026-02-30 不是有效的日期，请按 2026-12-01 的格式填写',
      'order.lines.0.day: Value is not a valid LocalDate: 2026-02-30',
    ],
    [
      line({ sku: 7 }),
      'order.lines.0.sku：7 不是文本',
      'order.lines.0.sku: String cannot represent a non string value: 7',
    ],
    [
      line({ isNew: 'yes' }),
      'order.lines.0.isNew："yes" 不是 true 或 false',
      'order.lines.0.isNew: Boolean cannot represent a non boolean value: "yes"',
    ],
    [
      line({ id: {} }),
      'order.lines.0.id：{} 不是编号',
      'order.lines.0.id: ID cannot represent value: {}',
    ],
    [{ order: 'all' }, 'order：须为 Order 对象', 'order: Expected type "Order" to be an object.'],
  ])('%j: %s', (variables, chinese, english) => {
    const message = said(variables);

    expect(valueDetail(message, 'zh-CN')).toBe(chinese);
    expect(valueDetail(message, 'en')).toBe(english);
  });

  test('another sentence stays as it is', () => {
    expect(valueDetail('Something else.', 'zh-CN')).toBe('Something else.');
  });
});
