import { describe, expect, test } from 'vitest';
import { DEVELOPMENT_MARK, readConfig } from '../../shared/config.ts';
import { internalKeysOf, keysOf } from '../../subgraphs/keys.ts';

describe('the configuration', () => {
  test('needs nothing to be given in development', () => {
    expect(readConfig({})).toMatchObject({ TONGDUI_PORT: 4000, NODE_ENV: 'development' });
  });

  test('an empty variable is one that is not given', () => {
    expect(readConfig({ TONGDUI_PORT: '' }).TONGDUI_PORT).toBe(4000);
  });

  test('a misspelt setting is an error that names the right ones', () => {
    expect(() => readConfig({ TONGDUI_PROT: '1' })).toThrow(/TONGDUI_PROT.*TONGDUI_PORT/s);
  });

  test.each([
    ['TONGDUI_PORT', 'many'],
    ['TONGDUI_PORT', '70000'],
    ['TONGDUI_DATABASE_URL', 'postgres://localhost/x'],
    ['TONGDUI_CURSOR_KEY', 'short'],
    ['NODE_ENV', 'prod'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  test('production does not start without its keys', () => {
    const production = { NODE_ENV: 'production', TONGDUI_CURSOR_KEY: 'c'.repeat(32) };

    expect(() => keysOf(readConfig({ NODE_ENV: 'production' }))).toThrow('TONGDUI_CURSOR_KEY');
    expect(() => keysOf(readConfig(production)).personal).toThrow('TONGDUI_PERSONAL_KEY');
    expect(() => internalKeysOf(readConfig(production))).toThrow('TONGDUI_INTERNAL_KEY');
  });

  test('who keeps no personal data does without the key for it', () => {
    const cursor = 'c'.repeat(32);
    const config = readConfig({ NODE_ENV: 'production', TONGDUI_CURSOR_KEY: cursor });

    expect(keysOf(config).cursor).toBe(cursor);
  });

  test.each([
    ['TONGDUI_CURSOR_KEY', `${DEVELOPMENT_MARK}-${'c'.repeat(32)}`],
    ['TONGDUI_INTERNAL_KEY', `${'k'.repeat(32)},${DEVELOPMENT_MARK}-${'k'.repeat(32)}`],
    ['TONGDUI_DATABASE_URL', `mysql://tongdui:${DEVELOPMENT_MARK}@database:3306/tongdui`],
  ])('production refuses a %s that everybody knows, development takes it', (name, value) => {
    expect(readConfig({ [name]: value })).toMatchObject({ [name]: value });
    expect(() => readConfig({ NODE_ENV: 'production', [name]: value })).toThrow(
      `known to everybody: ${name}`,
    );
  });
});
